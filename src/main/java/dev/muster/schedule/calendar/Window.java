package dev.muster.schedule.calendar;

import java.time.Instant;

/**
 * A time in which no drill starts.
 *
 * @param calendar the name of the calendar that has it
 * @param to the first moment after it
 */
public record Window(String calendar, String title, Instant from, Instant to) {

    /** Why nothing starts now, in words. */
    public String why() {
        return calendar + (title.isEmpty() ? "" : " (" + title + ")") + " until " + to;
    }
}
