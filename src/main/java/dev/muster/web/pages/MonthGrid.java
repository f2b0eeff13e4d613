package dev.muster.web.pages;

import dev.muster.drill.Fleet;
import dev.muster.drill.Slot;
import dev.muster.drill.Verdict;
import dev.muster.schedule.calendar.Window;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The weeks of a month, each day with its first slots and the windows that touch it. */
final class MonthGrid {
    private static final int MOST_ON_DAY = 4;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    private final YearMonth month;
    private final LocalDate today;
    private final Map<LocalDate, List<Slot>> byDay;
    private final List<Window> windows;
    private final ZoneId zone;

    MonthGrid(YearMonth month, LocalDate today, List<Slot> slots, List<Window> windows, ZoneId zone) {
        this.month = month;
        this.today = today;
        this.byDay = slots.stream().collect(Collectors.groupingBy(slot -> LocalDate.ofInstant(slot.due(), zone)));
        this.windows = windows;
        this.zone = zone;
    }

    /** The slots for which there is room. */
    Stream<Slot> shown() {
        return byDay.values().stream().flatMap(day -> day.stream().limit(MOST_ON_DAY));
    }

    /** What became of a slot: the verdict where its drill came to one. */
    static String state(Slot slot, Map<String, Verdict> verdicts) {
        return slot.drill()
                .map(verdicts::get)
                .filter(verdict -> slot.state() == Slot.State.TAKEN)
                .map(Verdict::name)
                .orElse(slot.state().name());
    }

    /** Weeks from Monday on, of seven days each. */
    List<List<Map<String, Object>>> weeks(Map<String, Verdict> verdicts) {
        List<List<Map<String, Object>>> weeks = new ArrayList<>();
        LocalDate day = month.atDay(1).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        while (!day.isAfter(month.atEndOfMonth())) {
            List<Map<String, Object>> week = new ArrayList<>();
            for (int number = 0; number < 7; number++) {
                week.add(day(day, verdicts));
                day = day.plusDays(1);
            }
            weeks.add(week);
        }
        return weeks;
    }

    private Map<String, Object> day(LocalDate day, Map<String, Verdict> verdicts) {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("date", day.toString());
        model.put("number", day.getDayOfMonth());
        model.put("weekday", day.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH));
        model.put("inside", YearMonth.from(day).equals(month));
        model.put("today", day.equals(today));
        List<Slot> slots = YearMonth.from(day).equals(month) ? byDay.getOrDefault(day, List.of()) : List.of();
        model.put("more", Math.max(0, slots.size() - MOST_ON_DAY));
        model.put(
                "slots",
                slots.stream()
                        .limit(MOST_ON_DAY)
                        .map(slot -> slot(slot, verdicts))
                        .toList());
        Instant begins = day.atStartOfDay(zone).toInstant();
        Instant ends = day.plusDays(1).atStartOfDay(zone).toInstant();
        model.put(
                "windows",
                windows.stream()
                        .filter(window ->
                                window.from().isBefore(ends) && window.to().isAfter(begins))
                        .map(window -> window.title().isEmpty() ? window.calendar() : window.title())
                        .distinct()
                        .toList());
        return model;
    }

    private Map<String, Object> slot(Slot slot, Map<String, Verdict> verdicts) {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("time", TIME.format(slot.due().atZone(zone)));
        model.put("runbook", slot.runbook());
        model.put("system", slot.system());
        model.put("state", state(slot, verdicts));
        model.put("fleet", slot.system().contains(Fleet.PLACEHOLDER));
        slot.drill().ifPresent(drill -> model.put("drill", drill));
        return model;
    }
}
