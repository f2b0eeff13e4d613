package dev.muster.schedule.calendar;

import dev.muster.drill.MonthDays;
import dev.muster.runbook.Misprint;
import dev.muster.runbook.Zones;
import dev.muster.runbook.yaml.Document;
import dev.muster.runbook.yaml.Entry;
import dev.muster.runbook.yaml.Spelling;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A calendar in Muster's own language, and what is wrong with it. */
final class WrittenCalendar {
    private final String name;
    private final Document document;
    private final Entry root;

    WrittenCalendar(String name, Document document) {
        this.name = name;
        this.document = document;
        this.root = document.root();
    }

    String name() {
        return name;
    }

    /** The calendars whose holidays are no working days here. */
    List<String> without() {
        return root.at("without").items().stream()
                .flatMap(item -> item.text().stream())
                .toList();
    }

    /** @param lenders the calendars that lend their holidays to others, since they need none themselves */
    List<Misprint> misprints(Set<String> lenders) {
        List<Misprint> further = new ArrayList<>();
        Zones.misprint(root.at("zone")).ifPresent(further::add);
        root.at("without")
                .items()
                .forEach(item -> item.text()
                        .filter(other -> !lenders.contains(other))
                        .ifPresent(other -> further.add(item.misprint(
                                "`" + item.path() + "` is `" + other
                                        + "`, which is no calendar that lends its holidays to others",
                                new Spelling(lenders).advice(other)
                                        + " A calendar with a `without` of its own lends none."))));
        root.at("windows").items().forEach(window -> further.addAll(misprints(window)));
        return document.misprintsWith(further);
    }

    private static List<Misprint> misprints(Entry window) {
        List<Misprint> misprints = new ArrayList<>();
        Entry month = window.at("month");
        month.text()
                .filter(words -> MonthDays.read(words).isEmpty())
                .ifPresent(words -> misprints.add(month.misprint(
                        "`" + month.path() + "` is `" + words + "`, which names no days of a month",
                        new Spelling(MonthDays.phrases())
                                        .nearest(words)
                                        .map(meant -> "Did you mean `" + meant + "`? ")
                                        .orElse("")
                                + "Write it like last 3 working days, first Monday or day 15.")));
        Entry once = window.at("once");
        Optional<LocalDateTime> from = time(once.at("from"), false, misprints);
        Optional<LocalDateTime> to = time(once.at("to"), true, misprints);
        if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
            misprints.add(once.at("to")
                    .misprint("`" + once.path() + "` ends before it begins", "Write the earlier one as `from`."));
        }
        for (String end : List.of("from", "to")) {
            Entry day = window.at("year").at(end);
            day.text()
                    .filter(text ->
                            text.matches("\\d\\d-\\d\\d") && yearDay(text).isEmpty())
                    .ifPresent(text -> misprints.add(day.misprint(
                            "`" + day.path() + "` is `" + text + "`, a day that no year has",
                            "Write month and day, such as \"11-15\".")));
            Entry hour = window.at(end);
            if (hour.present() && !month.present() && !window.at("week").present()) {
                misprints.add(hour.misprint(
                        "`" + hour.path() + "` stands in a window that is no window of single days",
                        "Times of the day go with `month` and `week`; `once` takes times such as 2027-01-02T18:00."));
            }
        }
        return misprints;
    }

    private static Optional<LocalDateTime> time(Entry entry, boolean end, List<Misprint> misprints) {
        return entry.text().flatMap(text -> {
            try {
                return Optional.of(Repeating.time(text, end));
            } catch (DateTimeException unknown) {
                if (text.matches("\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2})?")) {
                    misprints.add(entry.misprint(
                            "`" + entry.path() + "` is `" + text + "`, a day or time that there is not",
                            "Write it like 2027-01-02 or 2027-01-02T18:00."));
                }
                return Optional.empty();
            }
        });
    }

    private static Optional<MonthDay> yearDay(String text) {
        try {
            return Optional.of(MonthDay.parse("--" + text));
        } catch (DateTimeException unknown) {
            return Optional.empty();
        }
    }

    /** The calendar, of a document without misprints. */
    Calendar calendar(Predicate<LocalDate> holiday) {
        Optional<ZoneId> zone = root.at("zone").text().map(ZoneId::of);
        String title = root.at("title").text().orElse(name);
        return new Calendar(
                name,
                title,
                root.at("holidays").flag().orElse(false),
                document.sha256(),
                root.at("windows").items().stream()
                        .map(window -> spans(window, title, zone, holiday))
                        .toList());
    }

    private static Spans spans(Entry window, String title, Optional<ZoneId> zone, Predicate<LocalDate> holiday) {
        String own = window.at("title").text().orElse(title);
        LocalTime from = window.at("from").text().map(LocalTime::parse).orElse(LocalTime.MIDNIGHT);
        LocalTime to = window.at("to").text().map(LocalTime::parse).orElse(LocalTime.MIDNIGHT);
        Entry yearly = window.at("year");
        if (yearly.present()) {
            return Repeating.yearly(own, zone, monthDay(yearly.at("from")), monthDay(yearly.at("to")));
        }
        Entry once = window.at("once");
        if (once.present()) {
            return Repeating.once(new Span(
                    own,
                    Repeating.time(once.at("from").scalar(), false),
                    Repeating.time(once.at("to").scalar(), true),
                    zone));
        }
        Set<DayOfWeek> week = window.at("week").items().stream()
                .map(day -> DayOfWeek.valueOf(day.scalar().toUpperCase(Locale.ROOT)))
                .collect(Collectors.toSet());
        Optional<MonthDays> month = window.at("month").text().flatMap(MonthDays::read);
        return Repeating.days(
                own,
                zone,
                year -> month.map(days -> IntStream.rangeClosed(1, 12)
                                .mapToObj(number -> YearMonth.of(year, number))
                                .flatMap(one -> days.in(one, holiday).stream()))
                        .orElseGet(() -> Repeating.daysOf(year).filter(day -> week.contains(day.getDayOfWeek()))),
                from,
                to);
    }

    private static MonthDay monthDay(Entry entry) {
        return MonthDay.parse("--" + entry.scalar());
    }
}
