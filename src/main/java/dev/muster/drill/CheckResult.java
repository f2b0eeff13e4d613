package dev.muster.drill;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A question that was put to the restored system, and what was observed.
 *
 * @param name the check, as runbooks and reports name it
 * @param step the runbook step that it belongs to; a process's {@code proof} names steps or checks
 * @param observations what was seen, in the order in which a reader wants it
 * @param problem what is wrong; present exactly when the verdict is not PASSED
 * @param findings what a reader should know although it does not decide the verdict
 */
public record CheckResult(
        String name,
        String step,
        Verdict verdict,
        Instant started,
        Instant finished,
        Map<String, String> observations,
        Optional<Problem> problem,
        List<Finding> findings) {

    public CheckResult {
        observations = Collections.unmodifiableMap(new LinkedHashMap<>(observations));
        findings = List.copyOf(findings);
        if (problem.isPresent() == (verdict == Verdict.PASSED)) {
            throw new IllegalArgumentException("check " + name + " is " + verdict + " with problem " + problem);
        }
        if (verdict == Verdict.PASSED && observations.isEmpty()) {
            // A check that observed nothing has proven nothing.
            throw new IllegalArgumentException("check " + name + " passed without an observation");
        }
    }
}
