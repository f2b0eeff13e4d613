package dev.muster.restore;

import java.io.IOException;

/** The bytes of a backup cannot be decoded; the message says where and why. */
final class Damaged extends IOException {
    private static final long serialVersionUID = 1;

    Damaged(String what) {
        super(what);
    }

    Damaged(String what, Throwable cause) {
        super(what, cause);
    }
}
