package dev.muster.drill;

import java.time.Duration;

/** A length of time as people read it: its two largest units, since seconds no longer matter once a day lies between. */
public record Span(Duration length) {

    @Override
    public String toString() {
        if (length.isNegative()) {
            return "-" + new Span(length.negated());
        }
        if (length.toDays() > 0) {
            return units(length.toDays(), "d", length.toHoursPart(), "h");
        }
        if (length.toHours() > 0) {
            return units(length.toHours(), "h", length.toMinutesPart(), "min");
        }
        return length.toMinutes() > 0
                ? units(length.toMinutes(), "min", length.toSecondsPart(), "s")
                : length.toSeconds() + " s";
    }

    private static String units(long large, String largeUnit, long small, String smallUnit) {
        return large + " " + largeUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }
}
