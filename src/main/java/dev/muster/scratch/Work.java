package dev.muster.scratch;

import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalInt;

/** A program at work, whoever has started it. */
interface Work {

    /** What it writes, to either stream. */
    InputStream output();

    /** Waits for its end. */
    int end() throws InterruptedException;

    /** How it ended; empty while it runs. */
    OptionalInt exit();

    /** What is known of such an end and the program itself could not say. */
    default Optional<String> remark(int exit) {
        return Optional.empty();
    }

    /** Kills it and what it has started, and waits until it is gone. */
    void kill();
}
