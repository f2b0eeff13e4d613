package dev.muster.drill;

import java.util.List;

/**
 * How much of a table may go from one drill to the next.
 *
 * @param percent the share of its rows
 * @param slack a loss of so many rows is always tolerated, so that small tables raise no alarm
 * @param except patterns with {@code *} and {@code ?} of the tables that may shrink as they like
 */
public record Shrinking(double percent, long slack, List<String> except) {
    /** What holds where a runbook says nothing. */
    public static final Shrinking USUAL = new Shrinking(50, 10, List.of());

    public Shrinking {
        except = List.copyOf(except);
    }

    /** As a reader of a report takes it. */
    public String words() {
        return Tolerance.shown(percent) + " of a table's rows, or " + slack + " rows";
    }

    /** Whether a table of so many rows may have so few now. */
    public boolean tolerates(long before, long now) {
        return before - now <= slack || before - now <= before * percent / 100;
    }
}
