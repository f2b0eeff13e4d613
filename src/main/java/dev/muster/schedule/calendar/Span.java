package dev.muster.schedule.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;

/**
 * A stretch of time as clocks on the wall show it.
 *
 * @param to the first time after it
 * @param zone where the clocks hang; absent where that depends on who asks
 */
record Span(String title, LocalDateTime from, LocalDateTime to, Optional<ZoneId> zone) {

    Window in(String calendar, ZoneId local) {
        ZoneId here = zone.orElse(local);
        return new Window(calendar, title, from.atZone(here).toInstant(), end(here));
    }

    /** A time that comes twice ends a window the second time: rather a drill too few than one too early. */
    private Instant end(ZoneId here) {
        return to.atZone(here).withLaterOffsetAtOverlap().toInstant();
    }

    boolean covers(LocalDate day) {
        return !from.isAfter(day.atStartOfDay()) && !to.isBefore(day.plusDays(1).atStartOfDay());
    }
}
