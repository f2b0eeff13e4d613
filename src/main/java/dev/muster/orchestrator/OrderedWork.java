package dev.muster.orchestrator;

import dev.muster.backup.Vaults;
import dev.muster.check.Checks;
import dev.muster.check.application.Applications;
import dev.muster.drill.BadBackup;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.drill.Stage;
import dev.muster.orchestrator.WorkDone.Ended;
import dev.muster.scratch.Scratch;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what an order asks for, within a scratch: the same work that a drill does in a scratch on its own machine. */
public final class OrderedWork {
    private static final Logger LOG = LoggerFactory.getLogger(OrderedWork.class);

    private final Inside inside;
    private final Clock clock;

    public OrderedWork(Vaults vaults, Checks checks, Applications applications, Clock clock) {
        this.inside = new Inside(vaults, checks, applications, clock);
        this.clock = clock;
    }

    /**
     * Does all of it; what was observed until then is handed on whatever ends it.
     *
     * @param opening opens the scratch from within
     * @param progress told of how far it is, and not noted here: whoever conducts the drill notes what he is told
     */
    public WorkDone carryOut(
            WorkOrder order, Callable<Scratch> opening, Outside outside, Cancellation cancellation, Progress progress) {
        return Logged.as(order.drill(), () -> {
            Notes notes = Notes.of(order);
            try (Stages stages = new Stages(order.request().runbook(), order.end(), clock, cancellation, progress)) {
                return notes.done(ended(notes, () -> {
                    notes.environment(Surroundings.facts());
                    Scratch scratch = stages.run(Stage.OPEN, opening);
                    inside.work(notes, scratch, new AsRestored(false), outside, stages, progress);
                }));
            }
        });
    }

    private static Ended ended(Notes notes, Work work) {
        try {
            work.run();
            return new Ended.Whole();
        } catch (NotRestored failed) {
            return new Ended.Walked(failed.asset(), failed.problem());
        } catch (BadBackup bad) {
            return new Ended.Bad(bad.problem());
        } catch (CouldNotRun unable) {
            return new Ended.Unable(unable.problem());
        } catch (Aborted aborted) {
            return new Ended.Stopped(String.valueOf(aborted.getMessage()));
        } catch (Exception unexpected) {
            LOG.debug("the work of the drill {} met unforeseen trouble", notes.drill, unexpected);
            Problem problem = Unexpected.problem(unexpected);
            return new Ended.Unable(problem);
        }
    }

    /** What may end early. */
    private interface Work {
        void run() throws Exception;
    }
}
