package dev.muster.runbook;

import java.util.List;
import java.util.stream.Collectors;

/** A file that people write has mistakes; all of them are here. */
public final class Misprints extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<Misprint> misprints;

    public Misprints(List<Misprint> misprints) {
        super(misprints.stream().map(Misprint::toString).collect(Collectors.joining(System.lineSeparator())));
        this.misprints = List.copyOf(misprints);
    }

    public List<Misprint> misprints() {
        return misprints;
    }
}
