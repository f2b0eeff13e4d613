package dev.muster.restore.work;

import java.io.IOException;

/** The bytes of a backup cannot be decoded; the message says where and why. */
public final class Damaged extends IOException {
    private static final long serialVersionUID = 1;

    public Damaged(String what) {
        super(what);
    }

    public Damaged(String what, Throwable cause) {
        super(what, cause);
    }
}
