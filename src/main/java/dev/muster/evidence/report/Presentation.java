package dev.muster.evidence.report;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How an organisation is used to see dates, numbers and pages; words stay English.
 *
 * @param zone the zone of the times that are shown; each names its offset
 */
public record Presentation(Locale locale, ZoneId zone, Paper paper) {
    /** What holds where nothing is set. */
    public static final Presentation USUAL = new Presentation(Locale.ENGLISH, ZoneOffset.UTC, Paper.A4);

    /** A size of paper. */
    public enum Paper {
        A4,
        LETTER;

        /** As settings and style sheets write it. */
        public String label() {
            return this == A4 ? "A4" : "letter";
        }

        /** The size of this label; empty when there is none. */
        public static Optional<Paper> of(String label) {
            return Stream.of(values())
                    .filter(paper -> paper.label().equals(label))
                    .findFirst();
        }
    }
}
