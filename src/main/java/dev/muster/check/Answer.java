package dev.muster.check;

import dev.muster.drill.Finding;
import dev.muster.drill.Problem;
import dev.muster.drill.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the restored system answered to a check.
 *
 * @param observations what was seen, in the order in which a reader wants it
 * @param problem what is wrong; present exactly when the verdict is not PASSED
 * @param findings what a reader should know although it does not decide the verdict
 */
public record Answer(
        Verdict verdict, Map<String, String> observations, Optional<Problem> problem, List<Finding> findings) {

    public Answer {
        observations = Collections.unmodifiableMap(new LinkedHashMap<>(observations));
        findings = List.copyOf(findings);
    }

    public static Answer passed(Map<String, String> observations) {
        return new Answer(Verdict.PASSED, observations, Optional.empty(), List.of());
    }

    public static Answer failed(Problem problem, Map<String, String> observations) {
        return new Answer(Verdict.FAILED, observations, Optional.of(problem), List.of());
    }

    public static Answer couldNotRun(Problem problem, Map<String, String> observations) {
        return new Answer(Verdict.COULD_NOT_RUN, observations, Optional.of(problem), List.of());
    }

    /** What is broken decides; what had no answer is told beside it, and without it leaves the verdict open. */
    static Answer judged(Optional<Problem> broken, Optional<Problem> unanswered, Map<String, String> observations) {
        if (broken.isPresent()) {
            return failed(broken.get(), observations)
                    .with(unanswered.map(said -> new Finding(Finding.Severity.MAJOR, said)).stream()
                            .toList());
        }
        return unanswered.map(said -> couldNotRun(said, observations)).orElseGet(() -> passed(observations));
    }

    /** The same answer with more to know about it. */
    public Answer with(List<Finding> more) {
        List<Finding> all = new ArrayList<>(findings);
        all.addAll(more);
        return new Answer(verdict, observations, problem, all);
    }
}
