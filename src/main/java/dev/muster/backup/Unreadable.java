package dev.muster.backup;

/** One object cannot be read although its vault can: it went, changed, or lies where nothing is read from at once. */
final class Unreadable extends Exception {
    private static final long serialVersionUID = 1;

    /** @param how what became of it, to follow the words "the object" */
    Unreadable(String how, Throwable cause) {
        super(how, cause);
    }

    Unreadable(String how) {
        super(how);
    }

    String how() {
        return String.valueOf(getMessage());
    }
}
