package dev.muster.backup.bucket;

/** One object cannot be read although its vault can: it went, changed, or lies where nothing is read from at once. */
public final class Unreadable extends Exception {
    private static final long serialVersionUID = 1;

    /** @param how what became of it, to follow the words "the object" */
    public Unreadable(String how, Throwable cause) {
        super(how, cause);
    }

    public Unreadable(String how) {
        super(how);
    }

    public String how() {
        return String.valueOf(getMessage());
    }
}
