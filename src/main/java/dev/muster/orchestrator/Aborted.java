package dev.muster.orchestrator;

/** The drill was asked to stop. */
final class Aborted extends RuntimeException {
    private static final long serialVersionUID = 1;

    Aborted(String reason) {
        super(reason);
    }
}
