package dev.muster.backup.choice;

import java.time.Instant;

/** The oldest is wanted. */
final class Oldest implements Preference {

    @Override
    public int compare(Standing one, Standing other) {
        return other.at().compareTo(one.at());
    }

    /** A copy may be of any age, however late it was stored. */
    @Override
    public Standing bestCase(Contender one) {
        return new Standing(one.certain() ? one.at() : Instant.MIN, one.object().key());
    }

    @Override
    public String whyChosen(Instant at) {
        return "Chosen: the oldest complete backup.";
    }

    @Override
    public String whyPassedOver(Instant at, Instant chosen) {
        return at.equals(chosen) ? "As old as the chosen one." : "Newer than the chosen one.";
    }
}
