package dev.muster.orchestrator;

import dev.muster.drill.Problem;
import java.io.IOException;
import java.util.Objects;

/** Trouble that nobody foresaw, said as well as can be. */
public final class Unexpected {
    private Unexpected() {}

    public static Problem problem(Throwable trouble) {
        String message = Objects.requireNonNullElse(trouble.getMessage(), "");
        if (trouble instanceof IOException && message.contains("No space left")) {
            return new Problem(
                    "The disk is full",
                    message,
                    "Make room on the disk that holds the scratch and Muster's home, then run again.");
        }
        return new Problem(
                "Unforeseen trouble: " + trouble.getClass().getSimpleName() + (message.isEmpty() ? "" : ": " + message),
                "",
                "Run again with --verbose to see where it happened, and report it with that output.");
    }
}
