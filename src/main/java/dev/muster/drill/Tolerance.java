package dev.muster.drill;

import java.util.OptionalDouble;

/**
 * How far a table may differ from the baseline.
 *
 * @param kind whether the two figures below count
 * @param lose the share of its rows that may be missing, in percent
 * @param grow the share by which there may be more, in percent; absent means any number
 */
public record Tolerance(Kind kind, OptionalDouble lose, OptionalDouble grow) {
    /** Not one row and not one value may differ. */
    public static final Tolerance EXACT = new Tolerance(Kind.EXACT, OptionalDouble.empty(), OptionalDouble.empty());

    /** It may differ as it likes. */
    public static final Tolerance ANY = new Tolerance(Kind.ANY, OptionalDouble.empty(), OptionalDouble.empty());

    /** What is compared. */
    public enum Kind {
        EXACT,
        WITHIN,
        ANY
    }

    public static Tolerance within(OptionalDouble lose, OptionalDouble grow) {
        return new Tolerance(Kind.WITHIN, lose, grow);
    }

    /** Whether so many rows are neither too few nor too many. */
    public boolean admits(long before, long now) {
        boolean enough = lose.isEmpty() || before - now <= before * lose.getAsDouble() / 100;
        boolean notTooMany = grow.isEmpty() || now - before <= before * grow.getAsDouble() / 100;
        return enough && notTooMany;
    }

    /** As a reader of a report takes it. */
    public String words() {
        return switch (kind) {
            case EXACT -> "exact";
            case ANY -> "any";
            case WITHIN ->
                "lose "
                        + (lose.isPresent() ? shown(lose.getAsDouble()) : "any")
                        + ", grow "
                        + (grow.isPresent() ? shown(grow.getAsDouble()) : "any");
        };
    }

    static String shown(double percent) {
        return (percent == Math.rint(percent) ? String.valueOf((long) percent) : String.valueOf(percent)) + "%";
    }
}
