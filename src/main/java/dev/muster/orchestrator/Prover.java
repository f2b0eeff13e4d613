package dev.muster.orchestrator;

import dev.muster.backup.Vaults;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Detection;
import dev.muster.drill.Detection.Outcome;
import dev.muster.drill.Fault;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.drill.Proof;
import dev.muster.drill.Verdict;
import dev.muster.orchestrator.fault.Injection;
import dev.muster.orchestrator.fault.NotApplicable;
import dev.muster.scratch.Scratch;
import dev.muster.scratch.Scratches;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out which faults the checks of a drill catch, by making one after the other in what it restored. */
final class Prover {
    private static final Logger LOG = LoggerFactory.getLogger(Prover.class);

    private final Notes control;
    private final AsRestored kept;
    private final FaultsWanted wanted;
    private final Vaults vaults;
    private final Scratches scratches;
    private final Asking asking;
    private final Reading reading;
    private final Clock clock;

    Prover(
            Notes control,
            AsRestored kept,
            FaultsWanted wanted,
            Vaults vaults,
            Scratches scratches,
            Asking asking,
            Reading reading,
            Clock clock) {
        this.control = control;
        this.kept = kept;
        this.wanted = wanted;
        this.vaults = vaults;
        this.scratches = scratches;
        this.asking = asking;
        this.reading = reading;
        this.clock = clock;
    }

    /** Carries out steps as the drill does. */
    interface Asking {
        StepRunner in(Notes notes, Scratch scratch);
    }

    /** Takes the last readings as the drill does. */
    interface Reading {
        LastReadings of(Notes notes);
    }

    /** Without a control run that passed, nothing that is caught would say anything of the fault. */
    Proof prove(Stages stages, Progress progress) throws Exception {
        Verdict verdict = Result.of(control, Optional.empty()).verdict();
        if (verdict != Verdict.PASSED) {
            control.trouble(new Problem(
                    "Nothing is proven of the checks, since the run without a fault has not passed",
                    control.request.runbook().file(),
                    "See to what it found first; `muster run "
                            + control.request.runbook().file() + "` repeats it without faults."));
            return new Proof(
                    wanted.seed(), verdict, List.of(), control.request.runbook().leastDetected());
        }
        List<Injection> all = wanted.of(control.request.runbook());
        Queue<Injection> waiting = new ConcurrentLinkedQueue<>(all);
        Map<Fault, Detection> detections = new ConcurrentHashMap<>();
        Callable<Void> lane = () -> {
            for (Injection next = waiting.poll(); next != null; next = waiting.poll()) {
                detections.put(next.fault(), detect(next));
                progress.advances("faults made", detections.size(), all.size(), Progress.Unit.ITEMS);
            }
            return null;
        };
        stages.together(Collections.nCopies(Runtime.getRuntime().availableProcessors(), lane));
        Proof proof = new Proof(
                wanted.seed(),
                verdict,
                all.stream()
                        .flatMap(one -> Optional.ofNullable(detections.get(one.fault())).stream())
                        .toList(),
                control.request.runbook().leastDetected());
        if (proof.tooLow()) {
            control.trouble(tooLow(proof));
        }
        return proof;
    }

    private Detection detect(Injection injection) throws InterruptedException {
        Fault fault = injection.fault();
        Mutant mutant = new Mutant(control, kept, wanted.seed(), fault, vaults, scratches, asking, reading, clock);
        try {
            injection.match(mutant);
            return mutant.detection();
        } catch (NotApplicable missing) {
            return new Detection(fault, Outcome.NOT_APPLICABLE, "", List.of(), missing.reason());
        } catch (SQLException refused) {
            return new Detection(
                    fault,
                    Outcome.NOT_APPLICABLE,
                    "",
                    List.of(),
                    "the server refused it: "
                            + String.valueOf(refused.getMessage())
                                    .lines()
                                    .findFirst()
                                    .orElse(""));
        } catch (CouldNotRun unable) {
            return mutant.unknown(unable.problem().toString());
        } catch (InterruptedException stopped) {
            throw stopped;
        } catch (Exception unforeseen) {
            LOG.debug("fault {} met unforeseen trouble", fault.name(), unforeseen);
            return mutant.unknown(Unexpected.problem(unforeseen).toString());
        } finally {
            try {
                mutant.clear();
            } catch (IOException | SQLException left) {
                LOG.debug("what fault {} left goes with the scratch", fault.name(), left);
            }
        }
    }

    private Problem tooLow(Proof proof) {
        return new Problem(
                "The checks catch " + proof.caught() + " of " + proof.applicable() + " faults, and the runbook demands "
                        + proof.atLeast().orElseThrow() + " %",
                "detection.atLeast in " + control.request.runbook().file(),
                "Look at the faults that escaped, which come first in the matrix, and add the checks that are there for"
                        + " them.");
    }
}
