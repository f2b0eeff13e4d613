package dev.muster.web.pages;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A table that its address sorts ({@code sort=-name}), searches ({@code find=text}), narrows ({@code show=view}) and
 * pages ({@code page=2}), so that it does so without a script as well.
 *
 * @param searched the text of a row in which is searched
 * @param about parameters of the page's own, which the table's addresses keep
 * @param views ways to narrow the table, by name; the first one shows when none is chosen
 */
public record Listing<T>(
        String id,
        List<Column<T>> columns,
        Function<T, String> searched,
        Map<String, Predicate<T>> views,
        int rowsOnPage,
        List<String> about) {

    /** A table on a page whose address says nothing else. */
    public Listing(
            String id,
            List<Column<T>> columns,
            Function<T, String> searched,
            Map<String, Predicate<T>> views,
            int rowsOnPage) {
        this(id, columns, searched, views, rowsOnPage, List.of());
    }

    /**
     * A column of the table.
     *
     * @param key how the address names it
     * @param order absent when the table is not sorted by it
     * @param number whether it holds numbers, which stand at the right
     */
    public record Column<T>(String key, String title, Optional<Order<T>> order, boolean number) {
        public static <T, U extends Comparable<? super U>> Column<T> by(
                String key, String title, Function<T, Optional<U>> value) {
            return new Column<>(key, title, Optional.of(order(value)), false);
        }

        public static <T> Column<T> unsorted(String title) {
            return new Column<>("", title, Optional.empty(), false);
        }

        /** What is not known comes last, in whichever direction. */
        private static <T, U extends Comparable<? super U>> Order<T> order(Function<T, Optional<U>> value) {
            return descending -> (one, other) -> {
                Optional<U> left = value.apply(one);
                Optional<U> right = value.apply(other);
                return left.isPresent() && right.isPresent()
                        ? left.get().compareTo(right.get()) * (descending ? -1 : 1)
                        : Boolean.compare(left.isEmpty(), right.isEmpty());
            };
        }
    }

    /** How a column sorts. */
    public interface Order<T> {
        Comparator<T> comparator(boolean descending);
    }

    /** The rows that a request wants to see, and the table around them. */
    public record Shown<T>(List<T> rows, Map<String, Object> model) {
        /** The model for the macro {@code listing}, with each row as its template takes it. */
        public Map<String, Object> with(Function<T, Map<String, Object>> row) {
            Map<String, Object> whole = new LinkedHashMap<>(model);
            whole.put("rows", rows.stream().map(row).toList());
            return whole;
        }
    }

    /** Chooses what a request wants to see. */
    public Shown<T> shown(Context request, List<T> all) {
        Asked asked = Asked.by(request, this);
        String sought = asked.find().toLowerCase(Locale.ROOT);
        List<T> found = all.stream()
                .filter(row -> sought.isEmpty()
                        || searched.apply(row).toLowerCase(Locale.ROOT).contains(sought))
                .toList();
        List<T> viewed = found.stream()
                .filter(views.getOrDefault(asked.show(), row -> true))
                .toList();
        List<T> sorted = asked.comparator(columns)
                .map(order -> viewed.stream().sorted(order).toList())
                .orElse(viewed);
        int pages = Math.max(1, (sorted.size() + rowsOnPage - 1) / rowsOnPage);
        int page = Math.min(asked.page(), pages);
        List<T> rows = sorted.subList((page - 1) * rowsOnPage, Math.min(sorted.size(), page * rowsOnPage));

        Map<String, Object> model = new LinkedHashMap<>();
        model.put("id", id);
        model.put("path", asked.path());
        model.put("find", asked.find());
        model.put("kept", asked.kept());
        model.put("columns", columns.stream().map(asked::column).toList());
        List<Map<String, Object>> narrowed = new ArrayList<>();
        views.forEach((name, view) -> narrowed.add(Map.of(
                "name", name,
                "count", found.stream().filter(view).count(),
                "address", asked.showing(name).address(),
                "chosen", name.equals(asked.show()))));
        model.put("views", narrowed);
        model.put("summary", summary(sorted.size(), all.size(), page, rows.size()));
        model.put("pages", pages == 1 ? List.of() : leaves(asked, page, pages));
        return new Shown<>(rows, model);
    }

    private String summary(int found, int all, int page, int rows) {
        if (rows == found) {
            return found == all ? all + " in all" : found + " of " + all;
        }
        int first = (page - 1) * rowsOnPage + 1;
        return first + " to " + (first + rows - 1) + " of " + found + (found == all ? "" : ", out of " + all);
    }

    private static List<Map<String, Object>> leaves(Asked asked, int page, int pages) {
        List<Map<String, Object>> leaves = new ArrayList<>();
        for (int number = 1; number <= pages; number++) {
            boolean near = number == 1 || number == pages || Math.abs(number - page) <= 3;
            if (near) {
                leaves.add(Map.of(
                        "name", "" + number, "address", asked.page(number).address(), "here", number == page));
            }
        }
        return leaves;
    }
}
