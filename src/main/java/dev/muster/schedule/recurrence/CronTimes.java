package dev.muster.schedule.recurrence;

import java.text.ParseException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Optional;
import java.util.TimeZone;
import org.quartz.CronExpression;

/** The times of a cron expression. It is asked in UTC, where clocks never change, about what the wall shows. */
final class CronTimes implements WallClock {
    private final CronExpression expression;

    CronTimes(String cron) {
        try {
            expression = new CronExpression(cron);
            expression.setTimeZone(TimeZone.getTimeZone("UTC"));
        } catch (ParseException | RuntimeException wrong) {
            // Quartz answers some nonsense with other exceptions than its own.
            throw new IllegalArgumentException(String.valueOf(wrong.getMessage()), wrong);
        }
    }

    @Override
    public Optional<LocalDateTime> next(LocalDateTime after) {
        return Optional.ofNullable(expression.getTimeAfter(Date.from(after.toInstant(ZoneOffset.UTC))))
                .map(date -> LocalDateTime.ofInstant(date.toInstant(), ZoneOffset.UTC));
    }
}
