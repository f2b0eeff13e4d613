package dev.muster.schedule.recurrence;

import dev.muster.drill.MonthDays;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A time on certain days of each month. */
final class MonthTimes implements WallClock {
    /** After so many months without such a day there will be none: the longest wait is for a fifth leap day. */
    private static final int MONTHS = 12 * 41;

    private final MonthDays days;
    private final LocalTime at;
    private final Predicate<LocalDate> holiday;

    MonthTimes(MonthDays days, LocalTime at, Predicate<LocalDate> holiday) {
        this.days = days;
        this.at = at;
        this.holiday = holiday;
    }

    @Override
    public Optional<LocalDateTime> next(LocalDateTime after) {
        return Stream.iterate(YearMonth.from(after), month -> month.plusMonths(1))
                .limit(MONTHS)
                .flatMap(month -> days.in(month, holiday).stream())
                .map(day -> day.atTime(at))
                .filter(time -> time.isAfter(after))
                .findFirst();
    }
}
