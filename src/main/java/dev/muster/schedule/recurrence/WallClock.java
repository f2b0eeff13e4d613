package dev.muster.schedule.recurrence;

import java.time.LocalDateTime;
import java.util.Optional;

/** Times as a clock on the wall shows them, without a zone. */
interface WallClock {
    /** The first time after this one; absent when there is none within a lifetime. */
    Optional<LocalDateTime> next(LocalDateTime after);
}
