package dev.muster.orchestrator;

import dev.muster.check.Checks;
import dev.muster.check.Subject;
import dev.muster.check.erasure.ErasedStayErased;
import dev.muster.drill.CheckResult;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Progress;
import dev.muster.drill.Step;
import dev.muster.drill.Verdict;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fetches the list of who was erased since the backup, and lets it be applied and proven. */
final class ErasureReplay {
    private final Outside outside;
    private final Checks checks;
    private final Clock clock;

    ErasureReplay(Outside outside, Checks checks, Clock clock) {
        this.outside = outside;
        this.checks = checks;
        this.clock = clock;
    }

    CheckResult run(Step.Erase step, String label, Subject subject, Progress progress) throws InterruptedException {
        Instant started = clock.instant();
        Map<String, String> seen = new LinkedHashMap<>();
        try {
            Outside.Erased erased = outside.erased(step.erasure().list());
            seen.putAll(erased.seen());
            CheckResult result = checks.erase(step.erasure(), erased.list(), label, subject, progress);
            seen.putAll(result.observations());
            return new CheckResult(
                    result.name(),
                    label,
                    result.verdict(),
                    started,
                    result.finished(),
                    seen,
                    result.problem(),
                    result.findings());
        } catch (CouldNotRun unable) {
            return new CheckResult(
                    ErasedStayErased.NAME,
                    label,
                    Verdict.COULD_NOT_RUN,
                    started,
                    clock.instant(),
                    seen,
                    Optional.of(unable.problem()),
                    List.of());
        }
    }
}
