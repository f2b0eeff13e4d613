package dev.muster.outlook.management;

import dev.muster.catalog.figures.DrillFigures;
import dev.muster.catalog.figures.Measured;
import dev.muster.catalog.figures.Outcome;
import dev.muster.drill.BusinessProcess;
import dev.muster.drill.Criticality;
import dev.muster.drill.Objectives;
import dev.muster.drill.ProcessFigures;
import dev.muster.drill.Runbook;
import dev.muster.drill.Verdict;
import dev.muster.outlook.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds out of one system which of its processes are proven. */
final class Proofs {
    private final Standing standing;
    private final Map<String, Measured> measured;
    private final List<DrillFigures> drills;
    private final Instant at;

    /**
     * The processes of a system.
     *
     * @param measured what the drills of the standing measured
     * @param drills those of the system that ended in the last twelve months, oldest first
     */
    Proofs(Standing standing, Map<String, Measured> measured, List<DrillFigures> drills, Instant at) {
        this.standing = standing;
        this.measured = measured;
        this.drills = drills;
        this.at = at;
    }

    List<ProcessProof> all() {
        Map<Optional<String>, List<Runbook>> processes = new LinkedHashMap<>();
        for (Runbook runbook : standing.runbooks()) {
            runbook.processes()
                    .keySet()
                    .forEach(name -> processes
                            .computeIfAbsent(Optional.of(name), one -> new ArrayList<>())
                            .add(runbook));
        }
        if (processes.isEmpty()) {
            processes.put(Optional.empty(), standing.runbooks());
        }
        List<ProcessProof> all = new ArrayList<>();
        processes.forEach((process, runbooks) -> all.add(proof(process, runbooks)));
        return all;
    }

    private ProcessProof proof(Optional<String> process, List<Runbook> runbooks) {
        List<String> names = runbooks.stream().map(Runbook::name).toList();
        // The newest drill that passed need not have measured the process, and an older one may have.
        Optional<ProcessProof.Proof> proof = Stream.concat(
                        standing.outcomes().stream()
                                .flatMap(outcome -> proof(
                                        outcome, measured.getOrDefault(outcome.drill(), Measured.NOTHING), process)),
                        drills.stream().flatMap(drill -> proof(drill.outcome(), drill.measured(), process)))
                .max(Comparator.comparing(one -> one.drill().ended()));
        List<DrillFigures> own = drills.stream()
                .filter(drill -> names.contains(drill.outcome().runbook()))
                .toList();
        Optional<PastDrill> failed = proof.flatMap(one -> own.stream()
                .map(DrillFigures::outcome)
                .filter(outcome -> outcome.verdict() == Verdict.FAILED)
                .filter(outcome -> outcome.ended().isAfter(one.drill().ended()))
                .reduce((older, newer) -> newer)
                .map(PastDrill::of));
        return new ProcessProof(
                standing.system(),
                process,
                runbooks.stream()
                        .flatMap(runbook -> runbook.governance().criticality().stream())
                        .max(Comparator.<Criticality>naturalOrder()),
                objectives(process, runbooks),
                standing.promise(),
                state(proof, names, failed),
                proof,
                proof.map(one -> unbrokenSince(one, process, own)),
                failed,
                own.isEmpty()
                        ? Optional.empty()
                        : Optional.of(PastDrill.of(own.get(own.size() - 1).outcome())));
    }

    private static Stream<ProcessProof.Proof> proof(Outcome outcome, Measured measured, Optional<String> process) {
        Optional<ProcessFigures> figures = process.isEmpty()
                ? measured.system()
                : process.flatMap(
                        name -> Optional.ofNullable(measured.processes().get(name)));
        return figures
                .filter(one -> outcome.verdict() == Verdict.PASSED)
                .map(one -> new ProcessProof.Proof(PastDrill.of(outcome), one))
                .filter(ProcessProof.Proof::holds)
                .stream();
    }

    private static Objectives objectives(Optional<String> process, List<Runbook> runbooks) {
        List<Objectives> all = runbooks.stream()
                .map(runbook -> process.map(name -> runbook.processes().get(name))
                        .map(BusinessProcess::objectives)
                        .orElse(runbook.objectives()))
                .toList();
        return new Objectives(
                all.stream()
                        .map(Objectives::rpo)
                        .min(Comparator.<Duration>naturalOrder())
                        .orElseThrow(),
                all.stream()
                        .map(Objectives::rto)
                        .min(Comparator.<Duration>naturalOrder())
                        .orElseThrow());
    }

    private ProcessProof.State state(
            Optional<ProcessProof.Proof> proof, List<String> runbooks, Optional<PastDrill> failed) {
        if (proof.isEmpty()) {
            return ProcessProof.State.NEVER_PROVEN;
        }
        PastDrill drill = proof.get().drill();
        if (failed.isPresent()) {
            return ProcessProof.State.FAILED_SINCE;
        }
        if (standing.promise()
                .filter(limit -> drill.ended().plus(limit).isBefore(at))
                .isPresent()) {
            return ProcessProof.State.OVERDUE;
        }
        if (standing.changed().contains(drill.runbook()) || !runbooks.contains(drill.runbook())) {
            return ProcessProof.State.NOT_PROVEN_SINCE_CHANGE;
        }
        return standing.promise().isPresent() ? ProcessProof.State.PROVEN : ProcessProof.State.NO_PROMISE;
    }

    private Instant unbrokenSince(ProcessProof.Proof proof, Optional<String> process, List<DrillFigures> own) {
        List<DrillFigures> newestFirst = new ArrayList<>(own);
        Collections.reverse(newestFirst);
        Instant since = proof.drill().ended();
        for (DrillFigures drill : newestFirst) {
            Instant ended = drill.outcome().ended();
            if (ended.isAfter(since)) {
                continue;
            }
            if (drill.outcome().verdict() == Verdict.FAILED || late(ended, since)) {
                return since;
            }
            if (proof(drill.outcome(), drill.measured(), process).findAny().isPresent()) {
                since = ended;
            }
        }
        return since;
    }

    private boolean late(Instant earlier, Instant later) {
        return standing.promise()
                .filter(limit -> earlier.plus(limit).isBefore(later))
                .isPresent();
    }
}
