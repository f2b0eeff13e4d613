package dev.muster.drill;

/** Somebody asked for what cannot be done as asked; nothing was begun. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Reason reason;
    private final transient Problem problem;

    public Refusal(Reason reason, Problem problem) {
        super(problem.toString());
        this.reason = reason;
        this.problem = problem;
    }

    public Reason reason() {
        return reason;
    }

    public Problem problem() {
        return problem;
    }

    /** Why it was refused. */
    public enum Reason {
        /** There is no such thing. */
        UNKNOWN,
        /** Whoever asks may not. */
        NOT_ALLOWED,
        /** It stands against what is going on already. */
        CONFLICT,
        /** What was asked makes no sense. */
        INVALID
    }
}
