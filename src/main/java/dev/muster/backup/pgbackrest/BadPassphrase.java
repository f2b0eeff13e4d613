package dev.muster.backup.pgbackrest;

/** A file of pgBackRest that the pass phrase does not fit. */
final class BadPassphrase extends BadInfo {
    private static final long serialVersionUID = 1;

    private final Kind kind;

    BadPassphrase(Kind kind) {
        super(kind.what);
        this.kind = kind;
    }

    /** In which way it does not fit. */
    enum Kind {
        MISSING("is encrypted, and nothing says with what"),
        WRONG("is damaged, or encrypted with another pass phrase"),
        NEEDLESS("is not encrypted, though all around it is");

        private final String what;

        Kind(String what) {
            this.what = what;
        }
    }

    Kind kind() {
        return kind;
    }
}
