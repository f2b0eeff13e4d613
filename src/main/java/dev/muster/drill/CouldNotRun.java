package dev.muster.drill;

/** Work that could not be done, for a reason that says nothing about the backup: the drill could not look. */
public final class CouldNotRun extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    public CouldNotRun(Problem problem) {
        super(problem.toString());
        this.problem = problem;
    }

    public CouldNotRun(Problem problem, Throwable cause) {
        super(problem.toString(), cause);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
