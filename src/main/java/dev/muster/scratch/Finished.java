package dev.muster.scratch;

import java.util.List;

/**
 * How a program ended.
 *
 * @param lastLines the last hundred lines that it wrote
 */
public record Finished(int exit, List<String> lastLines) {
    public Finished {
        lastLines = List.copyOf(lastLines);
    }

    public boolean succeeded() {
        return exit == 0;
    }
}
