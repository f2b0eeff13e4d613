package dev.muster.schedule;

import dev.muster.drill.QueuedDrill;
import java.time.Instant;
import java.util.Optional;

/** Keeps the slots of all runbooks. The slots in the catalog are the truth: whoever looks, however often, changes nothing twice. */
public interface SlotKeeping {

    /**
     * Puts into the queue what is due, and notes what became of slots that have passed.
     *
     * @return when there is something to do next, as far as that is known
     */
    Optional<Instant> look();

    /** The drill of a slot was taken back before it began. */
    void withdrawn(QueuedDrill drill, String why);

    /** For a schedule that has none. */
    SlotKeeping NONE = new SlotKeeping() {
        @Override
        public Optional<Instant> look() {
            return Optional.empty();
        }

        @Override
        public void withdrawn(QueuedDrill drill, String why) {}
    };
}
