package dev.muster.drill;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A drill as it looks at one moment while it runs.
 *
 * @param at the moment
 * @param lines the latest lines that it said; {@code earlierLines} others came before
 * @param verdict present once it has ended
 */
public record LiveDrill(
        String drill,
        Instant at,
        List<StageSpan> stages,
        List<Work> works,
        List<Line> lines,
        long earlierLines,
        Optional<Verdict> verdict) {
    public LiveDrill {
        stages = List.copyOf(stages);
        works = List.copyOf(works);
        lines = List.copyOf(lines);
    }

    /** A stage that has begun, and ended where {@code to} is there. */
    public record StageSpan(Stage stage, Instant from, Optional<Instant> to) {}

    /**
     * A piece of work that is counted.
     *
     * @param total zero or less when that is not known
     * @param perSecond how much was done in each of the last seconds
     */
    public record Work(Stage stage, String name, long done, long total, Progress.Unit unit, double perSecond) {}

    /** Something that the drill said. */
    public record Line(Instant at, String text) {}
}
