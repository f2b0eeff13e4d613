package dev.muster.drill;

/** Something that the reader of a report should know and somebody should look after. */
public record Finding(Severity severity, Problem problem) {

    /** How much a finding matters. */
    public enum Severity {
        NOTE,
        MINOR,
        MAJOR
    }
}
