package dev.muster.web.pages;

import dev.muster.catalog.figures.Figures;
import dev.muster.catalog.slot.Slots;
import dev.muster.drill.Fleet;
import dev.muster.drill.Slot;
import dev.muster.drill.Verdict;
import dev.muster.people.Right;
import dev.muster.schedule.calendar.Calendars;
import dev.muster.schedule.calendar.Window;
import dev.muster.web.Part;
import dev.muster.web.Routes;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A month of slots, past and coming, and the times in which no drill starts. */
public final class CalendarPage implements Part {
    private final Layout layout;
    private final Slots slots;
    private final Supplier<Calendars> calendars;
    private final Figures figures;
    private final Words words;
    private final Listing<Slot> listing = new Listing<>(
            "slots",
            List.of(
                    Listing.Column.by("due", "Due", (Slot slot) -> Optional.of(slot.due())),
                    Listing.Column.by("system", "System", (Slot slot) -> Optional.of(slot.system())),
                    Listing.Column.by("runbook", "Runbook", (Slot slot) -> Optional.of(slot.runbook())),
                    Listing.Column.by("state", "What became of it", (Slot slot) -> Optional.of(slot.state()))),
            slot -> slot.system() + " " + slot.runbook() + " " + slot.state() + " "
                    + slot.why().orElse(""),
            views(),
            50,
            List.of("month", "day"));

    /** @param calendars as they are now */
    public CalendarPage(Layout layout, Slots slots, Supplier<Calendars> calendars, Figures figures) {
        this.layout = layout;
        this.slots = slots;
        this.calendars = calendars;
        this.figures = figures;
        this.words = layout.words();
    }

    private static Map<String, Predicate<Slot>> views() {
        Map<String, Predicate<Slot>> views = new LinkedHashMap<>();
        views.put("All", slot -> true);
        for (Slot.State state : Slot.State.values()) {
            String name = state.name().charAt(0) + state.name().substring(1).toLowerCase(Locale.ROOT);
            views.put(name, slot -> slot.state() == state);
        }
        return views;
    }

    @Override
    public void add(Routes routes) {
        routes.add(HandlerType.GET, "/calendar", Right.READ, this::answer);
    }

    private void answer(Context request) {
        ZoneId zone = words.zone();
        LocalDate today = LocalDate.ofInstant(words.now(), zone);
        Optional<LocalDate> day = day(request.queryParam("day"));
        YearMonth month = day.map(YearMonth::from)
                .or(() -> month(request.queryParam("month")))
                .orElse(YearMonth.from(today));
        Instant from = month.atDay(1).atStartOfDay(zone).toInstant();
        Instant until = month.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant();
        List<Slot> all = slots.between(from, until);
        List<Window> windows = windows(from, until, zone);
        MonthGrid grid = new MonthGrid(month, today, all, windows, zone);
        Listing.Shown<Slot> shown = listing.shown(
                request,
                all.stream()
                        .filter(slot -> day.map(LocalDate.ofInstant(slot.due(), zone)::equals)
                                .orElse(true))
                        .toList());
        Map<String, Verdict> verdicts = figures.verdicts(Stream.concat(grid.shown(), shown.rows().stream())
                .flatMap(slot -> slot.drill().stream())
                .collect(Collectors.toSet()));
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("month", month.toString());
        model.put("name", name(month));
        model.put("zone", Words.name(zone));
        model.put("previous", month.minusMonths(1).toString());
        model.put("following", month.plusMonths(1).toString());
        day.ifPresent(one -> model.put("day", one.toString()));
        model.put("weeks", grid.weeks(verdicts));
        model.put("windows", windows.stream().map(this::window).toList());
        model.put("slots", shown.with(slot -> row(slot, verdicts)));
        layout.answer(request, "calendar", "calendar", model);
    }

    private static String name(YearMonth month) {
        return month.getMonth().getDisplayName(java.time.format.TextStyle.FULL, Locale.ENGLISH) + " " + month.getYear();
    }

    private static Optional<LocalDate> day(@Nullable String text) {
        try {
            return Optional.ofNullable(text).map(LocalDate::parse).filter(CalendarPage::sensible);
        } catch (DateTimeException noDay) {
            return Optional.empty();
        }
    }

    private static Optional<YearMonth> month(@Nullable String text) {
        try {
            return Optional.ofNullable(text).map(YearMonth::parse).filter(month -> sensible(month.atDay(1)));
        } catch (DateTimeException noMonth) {
            return Optional.empty();
        }
    }

    /** Calendars are worked out year by year: nobody gets to ask for those of a million years. */
    private static boolean sensible(LocalDate day) {
        return day.getYear() >= 2000 && day.getYear() < 2200;
    }

    private List<Window> windows(Instant from, Instant until, ZoneId zone) {
        Calendars now = calendars.get();
        return now.names().stream()
                .flatMap(name -> now.find(name).stream())
                .flatMap(calendar -> calendar.between(from, until, zone).stream())
                .sorted(Comparator.comparing(Window::from).thenComparing(Window::calendar))
                .toList();
    }

    private Map<String, Object> window(Window window) {
        return Map.of(
                "calendar", window.calendar(),
                "title", window.title(),
                "from", words.moment(window.from()),
                "to", words.moment(window.to()));
    }

    private Map<String, Object> row(Slot slot, Map<String, Verdict> verdicts) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("due", words.moment(slot.due()));
        row.put("system", slot.system());
        row.put("runbook", slot.runbook());
        row.put("state", MonthGrid.state(slot, verdicts));
        row.put("why", slot.why().orElse(""));
        slot.drill().ifPresent(drill -> row.put("drill", drill));
        row.put("fleet", slot.system().contains(Fleet.PLACEHOLDER));
        return row;
    }
}
