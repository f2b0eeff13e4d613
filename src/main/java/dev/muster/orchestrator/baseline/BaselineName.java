package dev.muster.orchestrator.baseline;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** What the object is called that holds a baseline, so that a list tells which one is nearest to a backup. */
record BaselineName(String system, Instant at) {
    private static final String END = ".baseline.json";
    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int LENGTH = "20261121T020000Z".length();

    BaselineName {
        at = at.truncatedTo(ChronoUnit.SECONDS);
    }

    /** The name as text says it; empty when it is none of this system's. */
    static Optional<BaselineName> parse(String system, String name) {
        String start = system + "-";
        if (!name.startsWith(start) || !name.endsWith(END) || name.length() != start.length() + LENGTH + END.length()) {
            return Optional.empty();
        }
        try {
            String instant = name.substring(start.length(), start.length() + LENGTH);
            return Optional.of(new BaselineName(system, INSTANT.parse(instant, Instant::from)));
        } catch (DateTimeException otherName) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return system + "-" + INSTANT.format(at) + END;
    }
}
