package dev.muster.signing;

import java.io.IOException;

/** Says in a few words why a key could not be used. What Java says about keys holds no secret. */
final class Reasons {
    private Reasons() {}

    /** The innermost cause: what wraps it says only that something went wrong. */
    static String of(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        String message = innermost.getMessage();
        return innermost instanceof IOException || message == null ? innermost.toString() : message;
    }
}
