package dev.muster.check.workflow;

/** The application did not do what it was asked. */
final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String how) {
        super(how);
    }

    Refused(String how, Throwable cause) {
        super(how, cause);
    }
}
