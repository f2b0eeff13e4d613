package dev.muster.web.pages;

import dev.muster.drill.Slot;
import java.time.Instant;
import java.util.List;

/** The slots of all runbooks, past and coming, and when none may be. */
public interface Agenda {

    /** The slots that were or are due from an instant on until before another, in the order of time. */
    List<Slot> slots(Instant from, Instant until);

    /** When no drill starts. */
    List<Window> windows(Instant from, Instant until);

    /** A forbidden time of a calendar. */
    record Window(String calendar, String title, Instant from, Instant until) {}
}
