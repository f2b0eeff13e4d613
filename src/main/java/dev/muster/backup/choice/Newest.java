package dev.muster.backup.choice;

import java.time.Instant;

/** The newest is wanted. */
final class Newest implements Preference {

    @Override
    public int compare(Standing one, Standing other) {
        return one.at().compareTo(other.at());
    }

    @Override
    public Standing bestCase(Contender one) {
        return new Standing(one.bound(), one.object().key());
    }

    @Override
    public String whyChosen(Instant at) {
        return "Chosen: the newest complete backup that is not after the disaster instant.";
    }

    @Override
    public String whyPassedOver(Instant at, Instant chosen) {
        return at.equals(chosen) ? "As old as the chosen one." : "Older than the chosen one.";
    }
}
