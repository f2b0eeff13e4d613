package dev.muster.backup;

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
        Reading reading = claimed.map(found -> possible(object, found)).orElse(Reading.none("not looked into"));
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

    boolean usable(Instant disaster) {
        return judged && fault.isEmpty() && !after(disaster);
    }

    boolean after(Instant disaster) {
        return claimed.at()
                .map(at -> at.isAfter(disaster))
                .orElse(object.lastModified().isAfter(disaster.plus(CLOCKS)));
    }

    /** What a reader should know about the instant; empty when there is nothing to remark. */
    String remark() {
        if (!judged) {
            return " It was stored at " + object.lastModified() + " and not looked into.";
        }
        return claimed.at().isPresent()
                ? ""
                : " The instant " + object.lastModified() + " at which it was stored counts, since it claims none: "
                        + claimed.formula() + ".";
    }

    /** A dump that started before the disaster may have been stored after it; empty when that is not so. */
    String lateness(Instant disaster) {
        return object.lastModified().isAfter(disaster.plus(CLOCKS))
                ? " It was stored at " + object.lastModified() + ", only after the disaster instant."
                : "";
    }

    /** Nothing can be stored before it was made. */
    private static Reading possible(StoredObject object, Reading claimed) {
        return claimed.at()
                .filter(at -> at.isAfter(object.lastModified().plus(CLOCKS)))
                .map(at -> Reading.none(claimed.formula() + ", is impossible: that is " + at
                        + ", but the object was there at " + object.lastModified()
                        + "; set `zone:` to the zone of the machine that makes the backup"))
                .orElse(claimed);
    }
}
