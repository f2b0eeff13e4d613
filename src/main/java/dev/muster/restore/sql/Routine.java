package dev.muster.restore.sql;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Knows from a statement's words whether it is within a routine's {@code BEGIN ATOMIC ... END}, where semicolons end
 * nothing.
 */
final class Routine {
    static final int LONGEST_WORD = "PROCEDURE".length();

    private static final int DECIDING_WORDS = 4;
    private static final Pattern CREATES = Pattern.compile("CREATE (OR REPLACE )?(FUNCTION|PROCEDURE)\\b.*");

    private final StringBuilder start = new StringBuilder();
    private int words;
    private boolean creates;
    private int depth;

    void clear() {
        start.setLength(0);
        words = 0;
        creates = false;
        depth = 0;
    }

    void word(String word) {
        String upper = word.toUpperCase(Locale.ROOT);
        if (words < DECIDING_WORDS) {
            start.append(words == 0 ? "" : " ").append(upper);
            words++;
            creates = CREATES.matcher(start).matches();
        }
        if (!creates) {
            return;
        }
        if (upper.equals("BEGIN") || (upper.equals("CASE") && depth > 0)) {
            depth++;
        } else if (upper.equals("END") && depth > 0) {
            depth--;
        }
    }

    boolean open() {
        return depth > 0;
    }
}
