package dev.muster.scratch;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A program to run in a scratch.
 *
 * @param command the program and its arguments; never a secret, since anyone on the machine can read them
 * @param environment what the program finds in its environment besides a plain path and locale
 * @param onLine told of each line the program writes, to either stream
 * @param where where it is run, in a scratch that has several places
 */
public record Program(List<String> command, Map<String, String> environment, Consumer<String> onLine, Where where) {
    public Program {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** A program that is run beside the database. */
    public Program(List<String> command, Map<String, String> environment, Consumer<String> onLine) {
        this(command, environment, onLine, Where.DATABASE);
    }

    /** The same program, run elsewhere. */
    public Program at(Where other) {
        return new Program(command, environment, onLine, other);
    }

    /** Where a program is run. On one machine that is all the same place. */
    public enum Where {
        /** Where the database's server is. */
        DATABASE,
        /** Where Muster itself is. */
        MUSTER,
        /** Where the application is. */
        APPLICATION
    }
}
