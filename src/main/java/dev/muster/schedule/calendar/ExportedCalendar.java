package dev.muster.schedule.calendar;

import biweekly.Biweekly;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.io.ParseWarning;
import biweekly.property.RecurrenceProperty;
import biweekly.util.Frequency;
import biweekly.util.Recurrence;
import dev.muster.runbook.Misprint;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A calendar that another program wrote as iCalendar; it may be hostile, and is held to sensible limits. */
final class ExportedCalendar {
    private static final int MOST_EVENTS = 5000;
    private static final int MOST_REPEATING = 500;
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final Set<Frequency> RARE =
            Set.of(Frequency.DAILY, Frequency.WEEKLY, Frequency.MONTHLY, Frequency.YEARLY);
    private static final Set<String> DECISIVE =
            Set.of("DTSTART", "DTEND", "DURATION", "RRULE", "EXRULE", "EXDATE", "RDATE", "RECURRENCE-ID");

    private final String name;
    private final String file;
    private final String sha256;
    private final List<Misprint> misprints = new ArrayList<>();
    private final List<Exported> spans = new ArrayList<>();

    ExportedCalendar(String name, Path file, byte[] content, String sha256) {
        this.name = name;
        this.file = file.toString();
        this.sha256 = sha256;
        read(new String(content, StandardCharsets.UTF_8));
    }

    List<Misprint> misprints() {
        return List.copyOf(misprints);
    }

    /** Whoever exports a calendar means by an event of whole days a day off. */
    Calendar calendar() {
        return new Calendar(name, name, true, sha256, List.copyOf(spans));
    }

    private void read(String text) {
        List<String> lines = text.lines().toList();
        int[] begins = IntStream.range(0, lines.size())
                .filter(index -> lines.get(index).strip().equalsIgnoreCase("BEGIN:VEVENT"))
                .toArray();
        if (begins.length > MOST_EVENTS) {
            wrong(begins[MOST_EVENTS] + 1, "There are more than " + MOST_EVENTS + " events", "Export fewer years.");
            return;
        }
        List<List<ParseWarning>> warnings = new ArrayList<>();
        List<ICalendar> calendars = Biweekly.parse(text).warnings(warnings).all();
        if (calendars.isEmpty()) {
            wrong(1, "This is no iCalendar file", "Export it as iCalendar: it begins with BEGIN:VCALENDAR.");
            return;
        }
        warnings.stream()
                .flatMap(List::stream)
                .filter(warning -> DECISIVE.contains(String.valueOf(warning.getPropertyName())))
                .forEach(warning -> wrong(
                        Objects.requireNonNullElse(warning.getLineNumber(), 1),
                        warning.getPropertyName() + " cannot be read: " + warning.getMessage(),
                        "Mend the event in the program that the file comes from, and export it again."));
        int[] event = {0};
        calendars.forEach(calendar -> calendar.getEvents()
                .forEach(each -> add(each, calendar, event[0] < begins.length ? begins[event[0]++] + 1 : 1)));
        if (spans.stream().filter(Exported::repeats).count() > MOST_REPEATING) {
            wrong(1, "More than " + MOST_REPEATING + " events repeat", "Export fewer of them.");
        }
    }

    private void add(VEvent event, ICalendar calendar, int line) {
        if (event.getStatus() != null && event.getStatus().isCancelled()) {
            return;
        }
        if (event.getDateStart() == null || event.getDateStart().getValue() == null) {
            wrong(line, "The event has no DTSTART", "Give it a beginning, or remove it.");
            return;
        }
        Optional<String> fault = tooMuch(event);
        if (fault.isPresent()) {
            wrong(line, fault.get(), "Windows repeat daily at the most; write this one in a calendar of your own.");
            return;
        }
        Exported exported = new Exported(event, calendar);
        if (exported.lasts().isNegative() || exported.lasts().compareTo(LONGEST) > 0) {
            wrong(line, "The event ends before it begins or lasts longer than a year", "Mend its DTEND or DURATION.");
            return;
        }
        spans.add(exported);
    }

    private static Optional<String> tooMuch(VEvent event) {
        int year = event.getDateStart().getValue().getRawComponents() == null
                ? 0
                : event.getDateStart().getValue().getRawComponents().getYear();
        if (year < 1900 || year > 2200) {
            return Optional.of("The event begins in the year " + year);
        }
        return Stream.<RecurrenceProperty>concat(
                        event.getExceptionRules().stream(), Stream.ofNullable(event.getRecurrenceRule()))
                .map(repeated -> repeated.getValue())
                .filter(Objects::nonNull)
                .filter(rule -> !seldom(rule))
                .findFirst()
                .map(rule -> "The event repeats more often than daily");
    }

    private static boolean seldom(Recurrence rule) {
        return RARE.contains(rule.getFrequency())
                && rule.getByHour().isEmpty()
                && rule.getByMinute().isEmpty()
                && rule.getBySecond().isEmpty();
    }

    private void wrong(int line, String what, String remedy) {
        misprints.add(new Misprint(file, line, 1, what, remedy));
    }
}
