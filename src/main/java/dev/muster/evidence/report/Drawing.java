package dev.muster.evidence.report;

/** Measures of drawings. */
final class Drawing {
    private Drawing() {}

    /** To a tenth of a unit: nobody sees more, and a drawing stays short. */
    static double rounded(double measure) {
        return Math.round(measure * 10) / 10.0;
    }
}
