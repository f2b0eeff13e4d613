package dev.muster.restore.work;

import java.io.IOException;

/** The backup may be sound, but it asks for more than Muster can give; the message says what. */
public final class OutOfReach extends IOException {
    private static final long serialVersionUID = 1;

    private final String remedy;

    public OutOfReach(String what, String remedy) {
        super(what);
        this.remedy = remedy;
    }

    public String remedy() {
        return remedy;
    }
}
