package dev.muster.catalog.figures;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/** What is done about a finding of a drill. */
public record Action(
        String drill,
        String system,
        String id,
        String what,
        Optional<String> owner,
        Instant opened,
        Optional<LocalDate> due,
        Optional<Instant> closed) {}
