package dev.muster.runbook;

import dev.muster.drill.Problem;

/**
 * One mistake in a file that people write.
 *
 * @param file the file as the user named it, or the option of the command line that is at fault
 * @param line counted from one; zero where there are no lines, as on the command line
 * @param column counted from one
 * @param what the fault, without a full stop at its end
 * @param remedy what to do, as whole sentences
 */
public record Misprint(String file, int line, int column, String what, String remedy) {

    public Problem problem() {
        return new Problem(what, where(), remedy);
    }

    private String where() {
        return line == 0 ? file : file + ":" + line + ":" + column;
    }

    @Override
    public String toString() {
        return where() + ": " + what + "." + (remedy.isEmpty() ? "" : " " + remedy);
    }
}
