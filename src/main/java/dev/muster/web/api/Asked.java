package dev.muster.web.api;

import dev.muster.drill.Wish;
import dev.muster.runbook.Amounts;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A wish for a drill, as a request writes it. */
record Asked(
        @Nullable String at,
        @Nullable Map<String, String> backups,
        @Nullable Map<String, String> set,
        @Nullable String keep) {
    private static final int MOST = 100;

    Wish wish(String runbook) {
        return new Wish(runbook, instant(), texts("backups", backups), texts("set", set), duration());
    }

    private Optional<Instant> instant() {
        return Optional.ofNullable(at)
                .map(text -> Amounts.instant(text)
                        .orElseThrow(() -> Query.wrong(
                                "at", "is no instant", "Write it with its zone, like 2026-11-20T02:00:00Z.")));
    }

    private Optional<Duration> duration() {
        return Optional.ofNullable(keep).map(text -> duration("keep", text));
    }

    static Duration duration(String field, String text) {
        return Amounts.duration(text)
                .orElseThrow(() -> Query.wrong(field, "is no duration", "Write it like 90s, 15m, 4h or 2d."));
    }

    private static Map<String, String> texts(String field, @Nullable Map<String, String> map) {
        if (map == null) {
            return Map.of();
        }
        if (map.size() > MOST || map.containsValue(null)) {
            throw Query.wrong(field, "holds too much, or null", "Write at most " + MOST + " texts by name.");
        }
        return map;
    }
}
