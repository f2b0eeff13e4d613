package dev.muster.orchestrator;

import dev.muster.backup.Vaults;
import dev.muster.drill.CheckResult;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.DrillRequest;
import dev.muster.drill.Finding;
import dev.muster.drill.Problem;
import dev.muster.drill.VaultAnswer;
import dev.muster.drill.VaultQuestion;
import dev.muster.drill.VaultState;
import dev.muster.drill.Verdict;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Holds the vaults to what was promised: one check for each question, over all assets that have a promise about it. */
final class VaultChecks {
    static final String STEP = "check: " + VaultQuestion.GROUP;

    private final Vaults vaults;
    private final Clock clock;

    VaultChecks(Vaults vaults, Clock clock) {
        this.vaults = vaults;
        this.clock = clock;
    }

    List<CheckResult> run(DrillRequest request, String seed) throws InterruptedException {
        Instant started = clock.instant();
        try {
            List<VaultState> states = vaults.states(request, seed);
            List<CheckResult> results = new ArrayList<>(List.of(promises(states, request, started)));
            for (VaultQuestion question : VaultQuestion.values()) {
                if (question != VaultQuestion.PROMISES) {
                    judged(question, states, started).ifPresent(results::add);
                }
            }
            return results;
        } catch (CouldNotRun unable) {
            return List.of(result(
                    VaultQuestion.PROMISES,
                    Verdict.COULD_NOT_RUN,
                    started,
                    Map.of(),
                    Optional.of(unable.problem()),
                    List.of()));
        }
    }

    /** What was promised, and what was seen besides, where nothing was. */
    private CheckResult promises(List<VaultState> states, DrillRequest request, Instant started) {
        Map<String, String> observations = new LinkedHashMap<>();
        List<Finding> findings = new ArrayList<>();
        boolean any = false;
        for (VaultState state : states) {
            for (VaultAnswer answer : state.answers()) {
                boolean promises = answer.question() == VaultQuestion.PROMISES;
                any |= promises && answer.verdict().isPresent();
                if (promises) {
                    observe(state, answer, "", observations);
                } else if (answer.verdict().isEmpty()) {
                    observe(state, answer, answer.question().label() + ", not promised: ", observations);
                    findings.addAll(answer.findings());
                }
            }
        }
        Optional<Problem> problem = any
                ? Optional.empty()
                : Optional.of(new Problem(
                        "The runbook promises nothing about its backups, so the vault cannot be held to anything",
                        request.runbook().file(),
                        "Say what was promised, such as `promises: { every: 24h, keep: 14 }` under a backup;"
                                + " runbooks/README.md explains each promise."));
        return result(
                VaultQuestion.PROMISES,
                any ? Verdict.PASSED : Verdict.COULD_NOT_RUN,
                started,
                observations,
                problem,
                findings);
    }

    private Optional<CheckResult> judged(VaultQuestion question, List<VaultState> states, Instant started) {
        Map<String, String> observations = new LinkedHashMap<>();
        List<Finding> findings = new ArrayList<>();
        Map<Verdict, List<Problem>> problems = new LinkedHashMap<>();
        for (VaultState state : states) {
            for (VaultAnswer answer : state.answers()) {
                if (answer.question() == question && answer.verdict().isPresent()) {
                    observe(state, answer, "", observations);
                    findings.addAll(answer.findings());
                    answer.problem()
                            .ifPresent(problem -> problems.computeIfAbsent(
                                            answer.verdict().get(), verdict -> new ArrayList<>())
                                    .add(problem));
                    // What could not be asked was not observed either.
                    answer.problem()
                            .ifPresent(problem -> observations.putIfAbsent(
                                    state.source().asset().label(),
                                    answer.verdict().get().name()));
                }
            }
        }
        if (observations.isEmpty()) {
            return Optional.empty();
        }
        Verdict verdict = problems.containsKey(Verdict.FAILED)
                ? Verdict.FAILED
                : problems.isEmpty() ? Verdict.PASSED : Verdict.COULD_NOT_RUN;
        return Optional.of(result(
                question, verdict, started, observations, inOne(problems.getOrDefault(verdict, List.of())), findings));
    }

    /** A check has one problem; what is wrong with several assets stands in it, and where and how with the first. */
    private static Optional<Problem> inOne(List<Problem> problems) {
        return problems.stream()
                .findFirst()
                .map(first -> new Problem(
                        problems.stream().map(Problem::what).collect(Collectors.joining("; ")),
                        first.where(),
                        first.remedy()));
    }

    private static void observe(VaultState state, VaultAnswer answer, String about, Map<String, String> observations) {
        String asset = state.source().asset().label();
        answer.observations().forEach((name, value) -> observations.put(asset + ", " + about + name, value));
    }

    private CheckResult result(
            VaultQuestion question,
            Verdict verdict,
            Instant started,
            Map<String, String> observations,
            Optional<Problem> problem,
            List<Finding> findings) {
        return new CheckResult(
                question.label(), STEP, verdict, started, clock.instant(), observations, problem, findings);
    }
}
