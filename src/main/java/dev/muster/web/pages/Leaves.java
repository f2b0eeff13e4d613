package dev.muster.web.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The pages of a long table whose rows are asked for page by page. */
public record Leaves(Address asked, long rows, int onPage) {
    private static final int NEAR = 3;

    /** How many rows stand before this page. */
    public long first() {
        return (here() - 1) * onPage;
    }

    private long here() {
        return Math.min(asked.leaf(), last());
    }

    private long last() {
        return Math.max(1, (rows + onPage - 1) / onPage);
    }

    public Map<String, Object> model() {
        TreeSet<Long> near = new TreeSet<>(List.of(1L, last()));
        for (long number = Math.max(1, here() - NEAR); number <= Math.min(last(), here() + NEAR); number++) {
            near.add(number);
        }
        List<Map<String, Object>> pages = new ArrayList<>();
        near.forEach(number -> pages.add(
                Map.of("name", Long.toString(number), "address", asked.leaf(number), "here", number == here())));
        return Map.of(
                "pages",
                last() == 1 ? List.of() : pages,
                "summary",
                last() == 1
                        ? rows + " in all"
                        : (first() + 1) + " to " + Math.min(rows, first() + onPage) + " of " + rows);
    }
}
