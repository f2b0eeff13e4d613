package dev.muster.backup.pgbackrest;

/** A file in which pgBackRest keeps what it knows, and which cannot be believed; the message says why. */
public class BadInfo extends Exception {
    private static final long serialVersionUID = 1;

    BadInfo(String what) {
        super(what);
    }

    BadInfo(String what, Throwable cause) {
        super(what, cause);
    }

    /** What is wrong with it, to follow the file's name. */
    public String what() {
        return String.valueOf(getMessage());
    }
}
