package dev.muster.check.workflow;

import dev.muster.drill.Problem;
import dev.muster.drill.Verdict;
import java.util.Optional;

/** How a call, or a whole workflow, ended. */
record Outcome(Verdict verdict, Optional<Problem> problem) {
    static final Outcome PASSED = new Outcome(Verdict.PASSED, Optional.empty());

    static Outcome failed(Problem problem) {
        return new Outcome(Verdict.FAILED, Optional.of(problem));
    }

    static Outcome couldNotRun(Problem problem) {
        return new Outcome(Verdict.COULD_NOT_RUN, Optional.of(problem));
    }
}
