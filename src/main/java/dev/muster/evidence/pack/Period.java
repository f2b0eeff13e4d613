package dev.muster.evidence.pack;

import dev.muster.drill.LedgerEvent;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Days in UTC, from the first to the last, both included. */
public record Period(LocalDate first, LocalDate last) {
    public Period {
        if (last.isBefore(first)) {
            throw new IllegalArgumentException(last + " is before " + first);
        }
    }

    /** The first instant in it. */
    public Instant from() {
        return first.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** The first instant after it. */
    public Instant to() {
        return last.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    boolean holds(LedgerEvent event) {
        return !event.at().isBefore(from()) && event.at().isBefore(to());
    }
}
