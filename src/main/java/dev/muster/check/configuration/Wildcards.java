package dev.muster.check.configuration;

import java.util.regex.Pattern;

/** Patterns as runbooks write them. */
public final class Wildcards {
    private Wildcards() {}

    /** Whether a value matches, with {@code *} for any letters and {@code ?} for one. */
    public static boolean valueMatches(String pattern, String value) {
        return Pattern.compile(expression(pattern, ".", ".*"), Pattern.DOTALL)
                .matcher(value)
                .matches();
    }

    /** Whether a path matches; a star stays within one folder, two stars do not. */
    static boolean pathMatches(String pattern, String path) {
        return path.matches(expression(pattern, "[^/]", ".*"));
    }

    private static String expression(String pattern, String one, String any) {
        StringBuilder expression = new StringBuilder();
        for (int at = 0; at < pattern.length(); at++) {
            char letter = pattern.charAt(at);
            if (letter == '*' && pattern.startsWith("**/", at)) {
                expression.append("(?:").append(any).append("/)?");
                at += 2;
            } else if (letter == '*' && pattern.startsWith("**", at)) {
                expression.append(any);
                at++;
            } else if (letter == '*') {
                expression.append(one).append('*');
            } else if (letter == '?') {
                expression.append(one);
            } else {
                expression.append(Pattern.quote(String.valueOf(letter)));
            }
        }
        return expression.toString();
    }
}
