package dev.muster.cli;

import dev.muster.drill.Verdict;

/** What Muster's exit codes mean; the README holds the same table. */
final class ExitCode {
    static final int PASSED = 0;
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;
    static final int COULD_NOT_RUN = 3;
    static final int ABORTED = 4;
    static final int EVIDENCE_INVALID = 5;
    static final int EVIDENCE_NOT_TRUSTED = 6;

    private ExitCode() {}

    static int of(Verdict verdict) {
        return switch (verdict) {
            case PASSED -> PASSED;
            case FAILED -> FAILED;
            case COULD_NOT_RUN -> COULD_NOT_RUN;
            case ABORTED -> ABORTED;
        };
    }
}
