package dev.muster.restore;

import java.io.IOException;

/** A statement that is larger than what is kept in memory at once. */
final class StatementTooLong extends IOException {
    private static final long serialVersionUID = 1;

    StatementTooLong(long line, int longest) {
        super("The statement that ends on line " + line + " is larger than " + Room.size(longest));
    }
}
