package dev.muster.web.limit;

import dev.muster.drill.Problem;
import java.time.Duration;

/** A request that can be met, and not at this moment. */
public final class NotNow extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;

    private final int status;
    private final long seconds;
    private final transient Problem problem;

    private NotNow(int status, Duration again, Problem problem) {
        super(problem.toString());
        this.status = status;
        this.seconds = Math.max(1, again.plusMillis(999).toSeconds());
        this.problem = problem;
    }

    /** Who asks has asked too often. */
    public static NotNow tooMany(Duration again, Problem problem) {
        return new NotNow(TOO_MANY_REQUESTS, again, problem);
    }

    /** Too much is going on, whoever asks. */
    public static NotNow busy(Duration again, Problem problem) {
        return new NotNow(UNAVAILABLE, again, problem);
    }

    public int status() {
        return status;
    }

    /** After how many seconds it is worth to ask again. */
    public long seconds() {
        return seconds;
    }

    public Problem problem() {
        return problem;
    }
}
