package dev.muster.schedule.calendar;

import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.io.TimezoneAssignment;
import biweekly.io.TimezoneInfo;
import biweekly.property.DateStart;
import biweekly.util.ICalDate;
import biweekly.util.com.google.ical.compat.javautil.DateIterator;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One event of an iCalendar file as a window, with all its repetitions. */
final class Exported implements Spans {
    private final VEvent event;
    private final DateStart start;
    private final boolean wholeDays;
    private final TimeZone zone;
    private final boolean floating;
    private final Duration length;
    /** Single repetitions that stand in the file as events of their own. */
    private final Set<Instant> moved;

    Exported(VEvent event, ICalendar calendar) {
        TimezoneInfo zones = calendar.getTimezoneInfo();
        this.event = event;
        this.start = event.getDateStart();
        this.wholeDays = !start.getValue().hasTime();
        this.floating = wholeDays || zones.isFloating(start);
        this.zone = floating ? TimeZone.getDefault() : zone(zones.getTimezone(start));
        this.length = length();
        this.moved = calendar.getEvents().stream()
                .filter(this::sameUid)
                .map(VEvent::getRecurrenceId)
                .filter(id -> id != null && id.getValue() != null)
                .map(id -> id.getValue())
                .map(date -> date.toInstant())
                .collect(Collectors.toSet());
    }

    private boolean sameUid(VEvent other) {
        return event.getRecurrenceId() == null
                && event.getUid() != null
                && other.getUid() != null
                && event.getUid().getValue().equals(other.getUid().getValue());
    }

    private static TimeZone zone(@Nullable TimezoneAssignment assigned) {
        return assigned == null ? TimeZone.getTimeZone("UTC") : assigned.getTimeZone();
    }

    /** On the wall for whole days and times without a zone, else as time that passes. */
    private Duration length() {
        if (event.getDateEnd() != null && event.getDateEnd().getValue() != null) {
            ICalDate end = event.getDateEnd().getValue();
            return floating
                    ? Duration.between(local(start.getValue()), local(end))
                    : Duration.between(start.getValue().toInstant(), end.toInstant());
        }
        if (event.getDuration() != null && event.getDuration().getValue() != null) {
            return Duration.ofMillis(event.getDuration().getValue().toMillis());
        }
        return wholeDays ? Duration.ofDays(1) : Duration.ZERO;
    }

    Duration lasts() {
        return length;
    }

    boolean repeats() {
        return event.getRecurrenceRule() != null;
    }

    @Override
    public List<Span> of(int year) {
        List<Span> spans = new ArrayList<>();
        Instant begin = Year.of(year)
                .atDay(1)
                .atStartOfDay(ZoneOffset.UTC)
                .minusDays(1)
                .minus(length)
                .toInstant();
        Instant end = Year.of(year)
                .atDay(1)
                .plusYears(1)
                .atStartOfDay(ZoneOffset.UTC)
                .plusDays(1)
                .toInstant();
        DateIterator dates = event.getDateIterator(zone);
        dates.advanceTo(Date.from(begin));
        while (dates.hasNext()) {
            Date date = dates.next();
            if (!date.toInstant().isBefore(end)) {
                break;
            }
            if (!moved.contains(date.toInstant())) {
                spans.add(span(date));
            }
        }
        return spans;
    }

    private Span span(Date date) {
        LocalDateTime from = floating ? local(date) : LocalDateTime.ofInstant(date.toInstant(), ZoneOffset.UTC);
        if (wholeDays) {
            from = from.toLocalDate().atStartOfDay();
        }
        Optional<ZoneId> where = floating ? Optional.empty() : Optional.of(ZoneOffset.UTC);
        return new Span(title(), from, from.plus(length), where);
    }

    private String title() {
        return event.getSummary() == null || event.getSummary().getValue() == null
                ? ""
                : event.getSummary().getValue();
    }

    private LocalDateTime local(Date date) {
        LocalDateTime time = LocalDateTime.ofInstant(date.toInstant(), zone.toZoneId());
        // Where clocks are put forward at midnight, the day begins later.
        return wholeDays ? LocalDate.from(time).atStartOfDay() : time;
    }
}
