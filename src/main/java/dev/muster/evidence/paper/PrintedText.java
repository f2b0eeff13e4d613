package dev.muster.evidence.paper;

import java.util.regex.Pattern;

/** Text as it goes on paper: not without end, and with places where even a word without end may be broken. */
final class PrintedText {
    private static final int LONGEST = 3000;
    private static final String REST = "… (shortened on paper; evidence.json has all of it)";
    // Digests and addresses are shorter, and are copied from paper as one piece.
    private static final Pattern ENDLESS = Pattern.compile("\\S{400,}");
    private static final Pattern PIECE = Pattern.compile("\\S{80}(?=\\S)");
    private static final String BREAK = "\u200b";

    private PrintedText() {}

    static String of(String text) {
        String shown = text.codePointCount(0, text.length()) <= LONGEST
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST)) + REST;
        return ENDLESS.matcher(shown)
                .replaceAll(word -> PIECE.matcher(word.group()).replaceAll("$0" + BREAK));
    }
}
