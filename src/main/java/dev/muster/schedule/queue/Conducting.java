package dev.muster.schedule.queue;

import dev.muster.catalog.queue.Queue;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.drill.QueuedDrill;
import dev.muster.drill.Refusal;
import dev.muster.drill.Verdict;
import dev.muster.orchestrator.Cancellation;
import dev.muster.orchestrator.Conductor;
import dev.muster.orchestrator.Fate;
import dev.muster.orchestrator.Logged;
import dev.muster.orchestrator.Reaper;
import dev.muster.schedule.live.Audience;
import dev.muster.schedule.live.LiveProgress;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One drill of the queue, from when this process has taken it to its end. */
final class Conducting {
    private static final Logger LOG = LoggerFactory.getLogger(Conducting.class);

    private final QueuedDrill drill;
    private final String process;
    private final Queue queue;
    private final Wishes wishes;
    private final Conductor conductor;
    private final Reaper reaper;
    private final Audience audience;
    private final Again again;
    private final Cancellation cancellation = new Cancellation();
    private volatile boolean ending;
    private volatile Optional<Verdict> verdict = Optional.empty();

    Conducting(
            QueuedDrill drill,
            String process,
            Queue queue,
            Wishes wishes,
            Conductor conductor,
            Reaper reaper,
            Audience audience,
            Again again) {
        this.drill = drill;
        this.process = process;
        this.queue = queue;
        this.wishes = wishes;
        this.conductor = conductor;
        this.reaper = reaper;
        this.audience = audience;
        this.again = again;
    }

    QueuedDrill drill() {
        return drill;
    }

    /** Stops it, since somebody wants that. */
    void stop(String why) {
        cancellation.cancel(why);
    }

    /** Stops it, since this process ends: the slot stays unproven, so that its drill is begun again. */
    void endWithProcess(String why) {
        ending = cancellation.reason().isEmpty();
        cancellation.cancel(why);
    }

    /** Conducts it to its end. */
    void conduct() {
        Verdict found = Logged.as(drill.drill(), () -> verdict(audience.begins(drill.drill())));
        audience.ended(drill.drill(), found);
        verdict = Optional.of(found);
    }

    /** Whether it has come to its end. */
    boolean over() {
        return verdict.isPresent();
    }

    /** Tells the queue that it has come to its end; to be tried again where that fails. */
    void settle() {
        Verdict found = verdict.orElseThrow();
        Fate fate = found == Verdict.ABORTED && ending ? Fate.ABANDONED : Fate.of(found);
        Optional<Again.Next> next = again.after(drill, fate);
        boolean own =
                queue.ended(drill.drill(), process, next.map(Again.Next::drill), next.flatMap(Again.Next::notBefore));
        LOG.info("drill {} ended: {}{}", drill.drill(), found, own ? "" : "; another process has taken over meanwhile");
    }

    private Verdict verdict(LiveProgress progress) {
        try {
            return conductor
                    .conduct(drill.drill(), wishes.request(drill), cancellation, progress)
                    .record()
                    .verdict();
        } catch (CouldNotRun unable) {
            return unable(unable.problem());
        } catch (Refusal refused) {
            return unable(refused.problem());
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
            return unable(new Problem("The drill was interrupted", drill.drill(), "Start it again."));
        } catch (RuntimeException unforeseen) {
            LOG.error("drill {} met unforeseen trouble", drill.drill(), unforeseen);
            return unable(new Problem(
                    "Unforeseen trouble: " + unforeseen,
                    drill.drill(),
                    "Start it again; the log of the service says more."));
        }
    }

    /** No way out of a drill leaves nothing in the ledger, also not this one. */
    private Verdict unable(Problem problem) {
        LOG.error("drill {} could not run: {}", drill.drill(), problem);
        try {
            if (reaper.close(drill.drill(), problem.what()) == Fate.NEVER_BEGUN) {
                conductor.refuse(drill, problem);
            }
        } catch (CouldNotRun unwritable) {
            LOG.error("drill {} left no mark: {}", drill.drill(), unwritable.problem());
        }
        return Verdict.COULD_NOT_RUN;
    }
}
