package dev.muster.web.pages;

import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an address asks of a table. */
record Asked(String path, Map<String, String> about, String sort, String find, String show, String usual, int page) {
    private static final int LONGEST_SEARCH = 100;

    static Asked by(Context request, Listing<?> listing) {
        String usual = listing.views().keySet().stream().findFirst().orElse("");
        String show = or(request.queryParam("show"), usual);
        String find = or(request.queryParam("find"), "").strip();
        return new Asked(
                request.path(),
                about(request, listing.about()),
                or(request.queryParam("sort"), ""),
                find.substring(0, Math.min(find.length(), LONGEST_SEARCH)),
                listing.views().containsKey(show) ? show : usual,
                usual,
                number(or(request.queryParam("page"), "1")));
    }

    private static Map<String, String> about(Context request, List<String> names) {
        Map<String, String> about = new LinkedHashMap<>();
        for (String name : names) {
            String value = or(request.queryParam(name), "");
            if (!value.isEmpty() && value.length() <= LONGEST_SEARCH) {
                about.put(name, value);
            }
        }
        return about;
    }

    private static String or(@Nullable String value, String otherwise) {
        return value == null ? otherwise : value;
    }

    private static int number(String text) {
        return text.matches("[1-9][0-9]{0,5}") ? Integer.parseInt(text) : 1;
    }

    <T> Optional<Comparator<T>> comparator(List<Listing.Column<T>> columns) {
        return columns.stream()
                .filter(column -> column.key().equals(sort.replaceFirst("^-", "")))
                .findFirst()
                .flatMap(Listing.Column::order)
                .map(order -> order.comparator(sort.startsWith("-")));
    }

    Map<String, Object> column(Listing.Column<?> column) {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("title", column.title());
        model.put("number", column.number());
        if (column.order().isPresent()) {
            boolean ascending = sort.equals(column.key());
            if (ascending || sort.equals("-" + column.key())) {
                model.put("order", ascending ? "ascending" : "descending");
            }
            model.put(
                    "address",
                    new Asked(path, about, (ascending ? "-" : "") + column.key(), find, show, usual, 1).address());
        }
        return model;
    }

    Asked showing(String view) {
        return new Asked(path, about, sort, find, view, usual, 1);
    }

    Asked page(int number) {
        return new Asked(path, about, sort, find, show, usual, number);
    }

    /** What the search keeps of the address. */
    List<Map<String, Object>> kept() {
        List<Map<String, Object>> kept = new ArrayList<>();
        about.forEach((name, value) -> kept.add(Map.of("name", name, "value", value)));
        if (!sort.isEmpty()) {
            kept.add(Map.of("name", "sort", "value", sort));
        }
        if (!show.equals(usual)) {
            kept.add(Map.of("name", "show", "value", show));
        }
        return kept;
    }

    String address() {
        Map<String, String> parameters = new LinkedHashMap<>(about);
        parameters.put("sort", sort);
        parameters.put("show", show.equals(usual) ? "" : show);
        parameters.put("find", find);
        parameters.put("page", page == 1 ? "" : "" + page);
        StringBuilder address = new StringBuilder(path);
        parameters.forEach((name, value) -> {
            if (!value.isEmpty()) {
                address.append(address.indexOf("?") < 0 ? '?' : '&')
                        .append(name)
                        .append('=')
                        .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        });
        return address.toString();
    }
}
