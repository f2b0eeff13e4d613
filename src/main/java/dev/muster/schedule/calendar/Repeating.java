package dev.muster.schedule.calendar;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The kinds of windows that people write in a calendar. */
final class Repeating {
    private Repeating() {}

    /**
     * Certain days.
     *
     * @param days those of a year
     * @param from the time on each at which the window begins
     * @param to the time at which it ends, on the next day when it is not after {@code from}
     */
    static Spans days(
            String title,
            Optional<ZoneId> zone,
            Function<Integer, Stream<LocalDate>> days,
            LocalTime from,
            LocalTime to) {
        return year -> days.apply(year)
                .map(day ->
                        new Span(title, day.atTime(from), (to.isAfter(from) ? day : day.plusDays(1)).atTime(to), zone))
                .toList();
    }

    /** From one day of each year to another, both included, perhaps over the turn of the year. */
    static Spans yearly(String title, Optional<ZoneId> zone, MonthDay from, MonthDay to) {
        return year -> List.of(new Span(
                title,
                from.atYear(year).atStartOfDay(),
                to.atYear(to.isBefore(from) ? year + 1 : year).plusDays(1).atStartOfDay(),
                zone));
    }

    static Spans once(Span span) {
        return year -> span.from().getYear() <= year && year <= span.to().getYear() ? List.of(span) : List.of();
    }

    static Stream<LocalDate> daysOf(int year) {
        LocalDate first = LocalDate.of(year, 1, 1);
        return IntStream.range(0, first.lengthOfYear()).mapToObj(first::plusDays);
    }

    /** The first time after a day or time as people write it. */
    static LocalDateTime time(String written, boolean end) {
        return written.contains("T")
                ? LocalDateTime.parse(written)
                : LocalDate.parse(written).plusDays(end ? 1 : 0).atStartOfDay();
    }
}
