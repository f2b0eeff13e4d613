package dev.muster.web.pages;

import dev.muster.drill.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/**
 * The days that an address asks for with {@code from} and {@code to}, both included.
 *
 * @param from the first instant
 * @param to the first instant after them
 */
public record Days(Optional<Instant> from, Optional<Instant> to, Optional<Map<String, Object>> problem) {

    public static Days of(Address asked, ZoneId zone) {
        try {
            Optional<LocalDate> first = asked.value("from").map(LocalDate::parse);
            Optional<LocalDate> last = asked.value("to").map(LocalDate::parse);
            if (first.isPresent() && last.isPresent() && last.get().isBefore(first.get())) {
                return wrong(new Problem("The period ends before it begins", "", "Swap the two days."));
            }
            return new Days(
                    first.map(day -> day.atStartOfDay(zone).toInstant()),
                    last.map(day -> day.plusDays(1).atStartOfDay(zone).toInstant()),
                    Optional.empty());
        } catch (DateTimeException unreadable) {
            return wrong(new Problem("This is no day", "", "Write days like 2026-01-31."));
        }
    }

    private static Days wrong(Problem problem) {
        return new Days(Optional.empty(), Optional.empty(), Optional.of(Words.problem(problem)));
    }
}
