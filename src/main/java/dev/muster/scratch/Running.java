package dev.muster.scratch;

import java.util.List;
import java.util.OptionalInt;

/** A program that was started in a scratch and goes on by itself. */
public interface Running {

    /** How it ended; empty while it runs. */
    OptionalInt exit();

    /** The last hundred lines that it has written so far. */
    List<String> lastLines();

    /** Kills the program and what it has started; nothing happens when it has ended by itself. */
    void stop();
}
