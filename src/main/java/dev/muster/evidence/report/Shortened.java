package dev.muster.evidence.report;

/** A text cut to the room that there is for it, with a sign that it was cut. */
final class Shortened {
    private Shortened() {}

    static String to(int most, String text) {
        if (text.codePointCount(0, text.length()) <= most) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
    }
}
