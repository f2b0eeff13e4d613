package dev.muster.restore;

import java.io.IOException;

/** The backup may be sound, but it asks for more than Muster can give; the message says what. */
final class OutOfReach extends IOException {
    private static final long serialVersionUID = 1;

    private final String remedy;

    OutOfReach(String what, String remedy) {
        super(what);
        this.remedy = remedy;
    }

    String remedy() {
        return remedy;
    }
}
