package dev.muster.backup.health;

import dev.muster.drill.Finding;
import dev.muster.drill.Problem;
import dev.muster.drill.VaultAnswer;
import dev.muster.drill.VaultQuestion;
import dev.muster.drill.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An answer on its way: what was seen first, then what it means for the promise. */
final class Reply {
    private final VaultQuestion question;
    private final Map<String, String> observations = new LinkedHashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    Reply(Question question) {
        this.question = question.name();
    }

    Reply seen(String name, Object value) {
        observations.put(name, String.valueOf(value));
        return this;
    }

    Reply find(Finding.Severity severity, Problem problem) {
        findings.add(new Finding(severity, problem));
        return this;
    }

    VaultAnswer notPromised() {
        return new VaultAnswer(question, Optional.empty(), observations, Optional.empty(), findings);
    }

    /** The promise is kept unless there is a problem. */
    VaultAnswer judged(Optional<Problem> problem) {
        return new VaultAnswer(
                question,
                Optional.of(problem.isPresent() ? Verdict.FAILED : Verdict.PASSED),
                observations,
                problem,
                findings);
    }

    VaultAnswer unknown(Problem problem) {
        return new VaultAnswer(
                question, Optional.of(Verdict.COULD_NOT_RUN), observations, Optional.of(problem), findings);
    }
}
