package dev.muster.cli;

import java.io.PrintStream;

/**
 * Where commands write.
 *
 * @param out results; with {@code --json} one document and nothing else
 * @param err progress and problems
 * @param interactive whether a person watches {@code err} on a terminal
 */
public record Terminal(PrintStream out, PrintStream err, boolean interactive) {

    String bold(String text) {
        return interactive ? "\u001b[1m" + text + "\u001b[0m" : text;
    }
}
