package dev.muster.backup.choice;

import java.time.Instant;
import java.util.Comparator;

/** Which of several complete backups is wanted; the greater is preferred. */
interface Preference extends Comparator<Standing> {

    /** The most preferred standing that a look into this one could give it. */
    Standing bestCase(Contender one);

    /** Why a backup that is good for this instant was chosen. */
    String whyChosen(Instant at);

    /** Why a complete backup was passed over for a better one. */
    String whyPassedOver(Instant at, Instant chosen);
}
