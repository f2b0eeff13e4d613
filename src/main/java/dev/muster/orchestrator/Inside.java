package dev.muster.orchestrator;

import dev.muster.backup.Vaults;
import dev.muster.check.Checks;
import dev.muster.check.Watermarks;
import dev.muster.check.application.Applications;
import dev.muster.check.isolation.NoWayOut;
import dev.muster.drill.Progress;
import dev.muster.drill.Stage;
import dev.muster.restore.Restorer;
import dev.muster.restore.neutralise.Neutraliser;
import dev.muster.scratch.Scratch;
import java.time.Clock;
import java.time.Duration;

/** The work of a drill that is done within its scratch, by whoever is there: from the fetching to the last reading. */
final class Inside {
    private static final Duration WATERMARK_LIMIT = Duration.ofMinutes(2);

    private final Vaults vaults;
    private final Checks checks;
    private final Applications applications;
    private final Clock clock;

    Inside(Vaults vaults, Checks checks, Applications applications, Clock clock) {
        this.vaults = vaults;
        this.checks = checks;
        this.applications = applications;
        this.clock = clock;
    }

    /** Restores what was chosen, carries out the steps, and takes the last readings; all of it is in the notes. */
    void work(Notes notes, Scratch scratch, AsRestored kept, Outside outside, Stages stages, Progress progress)
            throws Exception {
        new Fetching(vaults, clock).fetch(notes, scratch, stages, progress);
        kept.keep(notes, scratch);
        steps(notes, scratch, kept, outside, stages, progress)
                .carryOut(notes.request.runbook().steps());
        stages.run(Stage.CHECK, () -> readings(notes).take());
    }

    LastReadings readings(Notes notes) {
        return new LastReadings(notes, new Watermarks(WATERMARK_LIMIT), clock);
    }

    StepRunner steps(Notes notes, Scratch scratch, AsRestored kept, Outside outside, Stages stages, Progress progress) {
        return new StepRunner(
                notes,
                scratch,
                stages,
                new Restorer(clock, vaults),
                new Neutraliser(clock),
                new ErasureReplay(outside, checks, clock),
                checks,
                applications,
                new Probes(vaults, new NoWayOut(clock)),
                outside,
                kept::keep,
                clock,
                progress);
    }
}
