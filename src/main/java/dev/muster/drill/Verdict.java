package dev.muster.drill;

/** How a drill, or one of its checks, ended. Derived from observations, never typed. */
public enum Verdict {
    PASSED,
    FAILED,
    COULD_NOT_RUN,
    ABORTED
}
