package dev.muster.runbook.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Knows the words that are allowed in a place, and which of them a misspelt one was meant to be. */
public final class Spelling {
    private final List<String> known;

    public Spelling(Collection<String> known) {
        this.known = List.copyOf(known);
    }

    /** The known word nearest to this one, if it is near enough to have been meant. */
    public Optional<String> nearest(String word) {
        int farthest = Math.max(1, word.length() / 3);
        return known.stream()
                .filter(candidate -> distance(word, candidate) <= farthest)
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
    }

    /** What to tell somebody who wrote this word. */
    public String advice(String word) {
        String meant = nearest(word)
                .map(candidate -> "Did you mean `" + candidate + "`? ")
                .orElse("");
        return meant + "Known here: " + String.join(", ", known) + ".";
    }

    /** Letters added, left out, changed, or swapped with their neighbour; capitals do not count. */
    private static int distance(String left, String right) {
        String from = left.toLowerCase(Locale.ROOT);
        String to = right.toLowerCase(Locale.ROOT);
        if (Math.abs(from.length() - to.length()) > Math.max(1, from.length() / 3)) {
            return Integer.MAX_VALUE;
        }
        int[][] edits = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                if (i == 0 || j == 0) {
                    edits[i][j] = i + j;
                    continue;
                }
                int changed = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                edits[i][j] = Math.min(Math.min(edits[i - 1][j], edits[i][j - 1]) + 1, edits[i - 1][j - 1] + changed);
                if (i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1)) {
                    edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
                }
            }
        }
        return edits[from.length()][to.length()];
    }
}
