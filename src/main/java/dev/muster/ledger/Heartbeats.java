package dev.muster.ledger;

import dev.muster.drill.EventKind;
import dev.muster.drill.LedgerEvent;
import dev.muster.drill.Problem;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Whether a ledger that is signed every day was signed on every day. */
final class Heartbeats {
    private Heartbeats() {}

    /** Each run of days without a heartbeat, since the first one; today is not over yet. */
    static List<Problem> gaps(List<LedgerEvent> events, Instant now, String place) {
        TreeSet<LocalDate> days = new TreeSet<>();
        events.stream()
                .filter(event -> event.kind() == EventKind.HEARTBEAT)
                .forEach(event -> days.add(day(event.at())));
        if (days.isEmpty()) {
            return List.of();
        }
        days.add(day(now));
        List<Problem> gaps = new ArrayList<>();
        LocalDate before = days.first();
        for (LocalDate day : days) {
            long silent = ChronoUnit.DAYS.between(before, day) - 1;
            if (silent > 0) {
                gaps.add(gap(before.plusDays(1), day.minusDays(1), silent, place));
            }
            before = day;
        }
        return List.copyOf(gaps);
    }

    private static Problem gap(LocalDate first, LocalDate last, long days, String place) {
        return new Problem(
                days == 1
                        ? "No heartbeat on " + first
                        : "No heartbeat on " + days + " days, from " + first + " to " + last,
                place,
                "Nothing says that Muster was awake then. See whether what calls `muster ledger checkpoint --heartbeat`"
                        + " each day still does.");
    }

    private static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }
}
