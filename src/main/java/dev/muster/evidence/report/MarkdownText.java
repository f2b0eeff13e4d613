package dev.muster.evidence.report;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Text in Markdown that stays text: inside a code span there are no links, no markup and no mentions of people. */
final class MarkdownText {
    private static final Pattern FENCES = Pattern.compile("`+");
    private static final int LONGEST = 600;

    private MarkdownText() {}

    static String quoted(String text) {
        String line = Shortened.to(LONGEST, text.replaceAll("\\s+", " ").strip());
        if (line.isEmpty()) {
            return "";
        }
        int longest = FENCES.matcher(line)
                .results()
                .map(MatchResult::group)
                .mapToInt(String::length)
                .max()
                .orElse(0);
        String fence = "`".repeat(longest + 1);
        return longest == 0 ? fence + line + fence : fence + " " + line + " " + fence;
    }
}
