package dev.muster.backup.choice;

import dev.muster.backup.format.Judgement;
import dev.muster.drill.Candidate;
import dev.muster.drill.Reading;
import dev.muster.drill.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An object with the right name.
 *
 * @param claimed what is known of the instant it is good for
 * @param certain whether looking into it would tell nothing more about that instant
 * @param judged whether it was looked into
 */
record Contender(StoredObject object, Reading claimed, boolean certain, boolean judged, Optional<String> fault) {
    /** How far the clocks of a vault, of the machine that dumps and of this one may be apart. */
    static final Duration CLOCKS = Duration.ofMinutes(5);

    static Contender listed(StoredObject object, Optional<Reading> claimed) {
        Reading reading = claimed.map(found -> possible(object, found)).orElse(Candidate.NOT_LOOKED_INTO);
        return new Contender(object, reading, claimed.isPresent(), false, Optional.empty());
    }

    Contender judged(Judgement judgement) {
        return new Contender(object, possible(object, judgement.claimed()), true, true, judgement.fault());
    }

    /** The instant it competes with: the one it claims, else the one at which it was stored. */
    Instant at() {
        return claimed.at().orElse(object.lastModified());
    }

    /** It can be good for no later instant than this. */
    Instant bound() {
        return certain ? at() : object.lastModified().plus(CLOCKS);
    }

    /** What a preference between complete backups goes by. */
    Standing standing() {
        return new Standing(at(), object.key());
    }

    boolean sound() {
        return judged && fault.isEmpty();
    }

    boolean claimsAfter(Instant disaster) {
        return claimed.at().filter(at -> at.isAfter(disaster)).isPresent();
    }

    boolean after(Instant disaster) {
        return claimed.at().isPresent() ? claimsAfter(disaster) : storedAfter(disaster);
    }

    /** What a reader should know about the instant; empty when there is nothing to remark. */
    String remark() {
        if (!judged) {
            return " It was stored at " + object.lastModified() + " and not looked into.";
        }
        return claimed.at().isPresent()
                ? ""
                : " It claims no instant, so the one at which it was stored counts: " + claimed.formula() + ".";
    }

    /** A dump that started before the disaster may have been stored after it; empty when that is not so. */
    String lateness(Instant disaster) {
        return storedAfter(disaster)
                ? " It was stored at " + object.lastModified() + ", only after the disaster instant."
                : "";
    }

    private boolean storedAfter(Instant disaster) {
        return object.lastModified().isAfter(disaster.plus(CLOCKS));
    }

    /** Nothing can be stored before it was made; that it was stored bounds what it does not say itself. */
    private static Reading possible(StoredObject object, Reading claimed) {
        Optional<Instant> at = claimed.at();
        if (at.isEmpty()) {
            return Reading.none(claimed.formula() + "; it was there at " + object.lastModified());
        }
        if (at.get().isAfter(object.lastModified().plus(CLOCKS))) {
            return Reading.none(claimed.formula() + ", is impossible: that is " + at.get()
                    + ", but the object was there at " + object.lastModified()
                    + "; set `zone:` to the zone of the machine that makes the backup");
        }
        return claimed;
    }
}
