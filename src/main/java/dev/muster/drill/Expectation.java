package dev.muster.drill;

import java.math.BigDecimal;

/** What the query of a rule must give. */
public record Expectation(Kind kind, String value) {
    /** No row at all. */
    public static final Expectation NONE = new Expectation(Kind.NO_ROW, "none");

    /** One row at least. */
    public static final Expectation SOME = new Expectation(Kind.SOME_ROW, "some");

    /** What an answer is held against. */
    public enum Kind {
        NO_ROW,
        SOME_ROW,
        NUMBER,
        TEXT
    }

    /** One row with one number, however many decimals it has. */
    public static Expectation number(long value) {
        return new Expectation(Kind.NUMBER, String.valueOf(value));
    }

    /** The words none and some, or else one row with one value that reads so. */
    public static Expectation words(String text) {
        if (text.equals(NONE.value)) {
            return NONE;
        }
        return text.equals(SOME.value) ? SOME : new Expectation(Kind.TEXT, text);
    }

    /** Whether it is about one value, and not about rows. */
    public boolean ofOneValue() {
        return kind == Kind.NUMBER || kind == Kind.TEXT;
    }

    /** Whether one value is the expected one. */
    public boolean met(String given) {
        return kind == Kind.NUMBER ? sameNumber(given) : given.equals(value);
    }

    private boolean sameNumber(String given) {
        try {
            return new BigDecimal(given).compareTo(new BigDecimal(value)) == 0;
        } catch (NumberFormatException noNumber) {
            return false;
        }
    }
}
