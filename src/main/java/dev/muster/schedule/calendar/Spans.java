package dev.muster.schedule.calendar;

import java.util.List;

/** Stretches of time that come back year after year, or once. */
interface Spans {
    /** Those that begin in a year, or that last into it from long before. */
    List<Span> of(int year);
}
