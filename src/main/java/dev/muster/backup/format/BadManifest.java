package dev.muster.backup.format;

/** A manifest that cannot be believed; the message says why, as a sentence without its full stop. */
public final class BadManifest extends Exception {
    private static final long serialVersionUID = 1;

    public BadManifest(String what) {
        super(what);
    }

    public BadManifest(String what, Throwable cause) {
        super(what, cause);
    }

    /** What is wrong with it. */
    public String what() {
        return String.valueOf(getMessage());
    }
}
