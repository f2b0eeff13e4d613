package dev.muster.backup;

import java.time.Instant;
import java.util.Comparator;

/** Which of several complete backups is wanted, told by the instants they are good for; the greater is preferred. */
interface Preference extends Comparator<Instant> {

    /** The most preferred instant that is not after the given one. */
    Instant bestUntil(Instant bound);

    /** Why a backup that is good for this instant was chosen. */
    String whyChosen(Instant at);

    /** Why a complete backup was passed over for a better one. */
    String whyPassedOver(Instant at, Instant chosen);
}
