package dev.muster.backup.choice;

import dev.muster.drill.Span;
import java.time.Duration;
import java.time.Instant;

/**
 * The one that belongs to a database's backup is wanted. Files are only ever added to a filestore, so one that was
 * copied after the dump started holds all that the dump names; the sooner after, the less besides.
 */
final class Matching implements Preference {
    private static final Duration SOON = Duration.ofDays(1);

    private final Instant database;

    Matching(Instant database) {
        this.database = database;
    }

    @Override
    public int compare(Standing one, Standing other) {
        Fit fit = fit(one.at());
        if (fit != fit(other.at())) {
            return fit.compareTo(fit(other.at()));
        }
        return fit == Fit.BEFORE ? one.at().compareTo(other.at()) : other.at().compareTo(one.at());
    }

    @Override
    public Standing bestCase(Contender one) {
        Instant bound = one.bound();
        return new Standing(
                bound.isBefore(database) ? bound : database, one.object().key());
    }

    @Override
    public String whyChosen(Instant at) {
        return switch (fit(at)) {
            case SOON_AFTER -> "Chosen: the earliest at or after the database's, " + skew(at) + ".";
            case BEFORE ->
                "Chosen: none is from the day after the database's, and this is the newest before it, " + skew(at)
                        + ".";
            case LONG_AFTER -> "Chosen: none is nearer to the database's, " + skew(at) + ".";
        };
    }

    @Override
    public String whyPassedOver(Instant at, Instant chosen) {
        return "Not the one that belongs to the database's backup: " + skew(at) + ".";
    }

    private String skew(Instant at) {
        Duration apart = Duration.between(database, at);
        if (apart.toSeconds() == 0) {
            return "within the same second";
        }
        return new Span(apart.abs()) + (apart.isNegative() ? " before it" : " after it");
    }

    private Fit fit(Instant at) {
        if (at.isBefore(database)) {
            return Fit.BEFORE;
        }
        return at.isAfter(database.plus(SOON)) ? Fit.LONG_AFTER : Fit.SOON_AFTER;
    }

    /** From the worst to the best. */
    private enum Fit {
        LONG_AFTER,
        BEFORE,
        SOON_AFTER
    }
}
