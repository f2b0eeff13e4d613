package dev.muster.catalog;

import dev.muster.drill.Verdict;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which drills somebody looks for; whatever is absent does not matter.
 *
 * @param from planned then or later
 * @param to planned before
 */
public record Wanted(
        Optional<String> system,
        Optional<String> runbook,
        Optional<Verdict> verdict,
        Optional<Instant> from,
        Optional<Instant> to) {
    /** All drills. */
    public static final Wanted ALL =
            new Wanted(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** The condition in SQL, with a name for each value of {@link #values}. */
    String condition() {
        StringBuilder condition = new StringBuilder(" where 1 = 1");
        system.ifPresent(wanted -> condition.append(" and system = :system"));
        runbook.ifPresent(wanted -> condition.append(" and runbook = :runbook"));
        verdict.ifPresent(wanted -> condition.append(" and verdict = :verdict"));
        from.ifPresent(wanted -> condition.append(" and planned >= :from"));
        to.ifPresent(wanted -> condition.append(" and planned < :to"));
        return condition.toString();
    }

    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        system.ifPresent(wanted -> values.put("system", wanted));
        runbook.ifPresent(wanted -> values.put("runbook", wanted));
        verdict.ifPresent(wanted -> values.put("verdict", wanted.name()));
        from.ifPresent(wanted -> values.put("from", wanted.atOffset(ZoneOffset.UTC)));
        to.ifPresent(wanted -> values.put("to", wanted.atOffset(ZoneOffset.UTC)));
        return values;
    }
}
