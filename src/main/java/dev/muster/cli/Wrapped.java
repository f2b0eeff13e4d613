package dev.muster.cli;

import java.util.ArrayList;
import java.util.List;

/** A text on lines that fit a narrow terminal. */
final class Wrapped {
    private static final int WIDTH = 80;

    private Wrapped() {}

    /**
     * The lines; a word that is longer than a line, such as an address, stays whole.
     *
     * @param lead what the first line begins with; the others are set in as far
     */
    static List<String> lines(String lead, String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(lead);
        boolean begun = false;
        for (String word : text.split(" ", -1)) {
            if (begun && line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder(" ".repeat(lead.length()));
                begun = false;
            }
            line.append(begun ? " " : "").append(word);
            begun = true;
        }
        lines.add(line.toString());
        return lines;
    }
}
