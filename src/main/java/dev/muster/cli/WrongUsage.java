package dev.muster.cli;

import dev.muster.drill.Problem;

/** The command line or a file that it names is at fault: exit code 2. */
final class WrongUsage extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    WrongUsage(Problem problem) {
        super(problem.toString());
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
