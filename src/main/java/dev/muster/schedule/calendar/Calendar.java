package dev.muster.schedule.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Windows in which no drill starts, under the name of the file that they were read from. */
public final class Calendar {
    private static final int MOST_YEARS_KEPT = 50;

    private final String name;
    private final String title;
    private final boolean holidays;
    private final String sha256;
    private final List<Spans> spans;
    private final Map<Integer, List<Span>> byYear = new ConcurrentHashMap<>();

    /**
     * @param holidays whether a day that it covers whole is no working day
     * @param sha256 the digest of its file's bytes
     */
    Calendar(String name, String title, boolean holidays, String sha256, List<Spans> spans) {
        this.name = name;
        this.title = title;
        this.holidays = holidays;
        this.sha256 = sha256;
        this.spans = List.copyOf(spans);
    }

    public String name() {
        return name;
    }

    public String title() {
        return title;
    }

    String sha256() {
        return sha256;
    }

    /**
     * The window around a moment, the one that ends last if there are several.
     *
     * @param local the zone of whoever asks, for windows that have none of their own
     */
    public Optional<Window> at(Instant moment, ZoneId local) {
        return near(moment, moment, local)
                .filter(window -> !window.from().isAfter(moment) && window.to().isAfter(moment))
                .max(Comparator.comparing(Window::to));
    }

    /** The windows that touch a time, by their beginning. */
    public List<Window> between(Instant from, Instant to, ZoneId local) {
        return near(from, to, local)
                .filter(window -> window.from().isBefore(to) && window.to().isAfter(from))
                .distinct()
                .sorted(Comparator.comparing(Window::from))
                .toList();
    }

    /** Whether a day is off, by this calendar. */
    public boolean holiday(LocalDate day) {
        return holidays
                && IntStream.of(day.getYear() - 1, day.getYear())
                        .mapToObj(this::year)
                        .flatMap(List::stream)
                        .anyMatch(span -> span.covers(day));
    }

    private Stream<Window> near(Instant from, Instant to, ZoneId local) {
        // A zone of its own may be a day off, and a window of the year before may last.
        int first = from.atZone(local).getYear() - 1;
        int last = to.atZone(local).plusDays(1).getYear();
        return IntStream.rangeClosed(first, last)
                .boxed()
                .flatMap(year -> year(year).stream())
                .map(span -> span.in(name, local));
    }

    private List<Span> year(int year) {
        if (byYear.size() > MOST_YEARS_KEPT) {
            byYear.clear();
        }
        return byYear.computeIfAbsent(year, one -> {
            List<Span> found = new ArrayList<>();
            spans.forEach(each -> found.addAll(each.of(one)));
            return List.copyOf(found);
        });
    }
}
