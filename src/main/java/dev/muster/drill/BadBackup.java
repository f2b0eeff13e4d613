package dev.muster.drill;

/** The backup itself is at fault. Whoever reads backups turns this into a failed check; it never leaves that package. */
public final class BadBackup extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    public BadBackup(Problem problem) {
        super(problem.toString());
        this.problem = problem;
    }

    public BadBackup(Problem problem, Throwable cause) {
        super(problem.toString(), cause);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
