package dev.muster.orchestrator;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What a drill says of itself, a line for each thing, in the order of time. Whoever says too much is cut short. */
final class DrillLog {
    private static final int MOST = 4 * 1024 * 1024;

    private final StringBuilder text = new StringBuilder();

    void said(Instant at, String line) {
        if (text.length() < MOST) {
            text.append(at).append(' ').append(line.replaceAll("\\R", " ")).append('\n');
            if (text.length() >= MOST) {
                text.append(at).append(" the rest is left out\n");
            }
        }
    }

    /** Takes in what was said elsewhere meanwhile, each line at its time; what bears no time comes last. */
    void takeIn(String elsewhere) {
        List<String> lines = Stream.concat(text.toString().lines(), elsewhere.lines())
                .sorted(Comparator.comparing(DrillLog::at))
                .toList();
        text.setLength(0);
        for (String line : lines) {
            if (text.length() < MOST) {
                text.append(line).append('\n');
            }
        }
    }

    private static Instant at(String line) {
        try {
            return Instant.parse(line.split(" ", 2)[0]);
        } catch (DateTimeException timeless) {
            return Instant.MAX;
        }
    }

    String text() {
        return text.toString();
    }
}
