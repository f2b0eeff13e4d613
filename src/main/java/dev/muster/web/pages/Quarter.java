package dev.muster.web.pages;

import dev.muster.evidence.pack.Period;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Three months as auditors count them. */
public record Quarter(LocalDate first) {
    private static final int OFFERED = 5;

    /** The one that a day lies in. */
    public static Quarter of(LocalDate day) {
        return new Quarter(day.with(IsoFields.DAY_OF_QUARTER, 1));
    }

    /** Those that a page offers, the latest first. */
    public static List<Map<String, Object>> offered(LocalDate today) {
        return Stream.iterate(of(today), Quarter::before)
                .limit(OFFERED)
                .map(quarter -> quarter.row(today))
                .toList();
    }

    public Quarter before() {
        return new Quarter(first.minusMonths(3));
    }

    public LocalDate last() {
        return first.plusMonths(3).minusDays(1);
    }

    public Period period() {
        return new Period(first, last());
    }

    private Map<String, Object> row(LocalDate today) {
        String name = "Q" + first.get(IsoFields.QUARTER_OF_YEAR) + " " + first.getYear();
        String relative = equals(of(today)) ? "This quarter" : equals(of(today).before()) ? "Last quarter" : "";
        return Map.of(
                "name",
                relative.isEmpty() ? name : relative + " (" + name + ")",
                "from",
                first.toString(),
                "to",
                last().toString());
    }
}
