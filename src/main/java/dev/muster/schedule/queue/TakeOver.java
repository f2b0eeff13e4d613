package dev.muster.schedule.queue;

import dev.muster.catalog.queue.Presence;
import dev.muster.catalog.queue.Presence.Present;
import dev.muster.catalog.queue.Queue;
import dev.muster.drill.QueuedDrill;
import dev.muster.orchestrator.Fate;
import dev.muster.orchestrator.Owner;
import dev.muster.orchestrator.Reaper;
import dev.muster.schedule.live.Audience;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes the drills of processes that are gone, and lets those of slots begin again. Any process may do it, one does. */
final class TakeOver {
    private static final Logger LOG = LoggerFactory.getLogger(TakeOver.class);

    private final Presence presence;
    private final Queue queue;
    private final Reaper reaper;
    private final Audience audience;
    private final Again again;

    TakeOver(Presence presence, Queue queue, Reaper reaper, Audience audience, Again again) {
        this.presence = presence;
        this.queue = queue;
        this.reaper = reaper;
        this.audience = audience;
        this.again = again;
    }

    /** Looks for processes that are gone; the process that looks is there. */
    void look(String self) {
        presence.all().stream()
                .filter(process -> !process.name().equals(self))
                .filter(TakeOver::gone)
                .forEach(process -> from(process.name()));
    }

    /** On this machine it is known at once; of another one only silence tells. */
    private static boolean gone(Present process) {
        return process.silent()
                || Owner.named(process.name()).filter(Owner::gone).isPresent();
    }

    private void from(String process) {
        List<QueuedDrill> begunAgain = new ArrayList<>();
        Set<String> untouched = new HashSet<>();
        List<QueuedDrill> left = queue.conductedBy(process);
        for (QueuedDrill drill : left) {
            Fate fate = reaper.close(drill.drill(), "the process that conducted it, " + process + ", is gone");
            if (fate == Fate.NEVER_BEGUN) {
                untouched.add(drill.drill());
            }
            again.after(drill, fate).ifPresent(next -> begunAgain.add(next.drill()));
            reaper.removeLeft(drill.drill());
            audience.lost(drill.drill());
        }
        if (queue.takeOver(process, begunAgain, untouched)) {
            LOG.warn("The process {} is gone; it left the drills {}", process, names(left));
            LOG.info("begun again: {}", names(begunAgain));
        }
    }

    private static List<String> names(List<QueuedDrill> drills) {
        return drills.stream().map(QueuedDrill::drill).toList();
    }
}
