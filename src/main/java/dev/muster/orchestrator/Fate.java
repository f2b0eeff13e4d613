package dev.muster.orchestrator;

import dev.muster.drill.Verdict;

/** What has become of a drill that is not conducted any more. */
public enum Fate {
    /** It was taken from the queue, and nothing of it stands in the ledger. */
    NEVER_BEGUN,
    /** It was not its own end: whoever conducted it is gone. */
    ABANDONED,
    COULD_NOT_RUN,
    /** It came to a verdict about the backup, or somebody stopped it. */
    ENDED;

    public static Fate of(Verdict verdict) {
        return verdict == Verdict.COULD_NOT_RUN ? COULD_NOT_RUN : ENDED;
    }
}
