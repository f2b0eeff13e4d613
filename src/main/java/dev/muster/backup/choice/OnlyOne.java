package dev.muster.backup.choice;

import java.time.Instant;

/** There is one backup and no choice; its layout says which it is. */
final class OnlyOne implements Preference {
    private final String words;

    OnlyOne(String words) {
        this.words = words;
    }

    @Override
    public int compare(Standing one, Standing other) {
        return one.key().compareTo(other.key());
    }

    @Override
    public Standing bestCase(Contender one) {
        return one.standing();
    }

    @Override
    public String whyChosen(Instant at) {
        return words;
    }

    @Override
    public String whyPassedOver(Instant at, Instant chosen) {
        return words;
    }
}
