package dev.muster.check.filestore;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where files lie, with columns in braces: {@code {digest:0:2}/{digest}} has the first two characters as a folder. */
record FilePath(String pattern) {
    private static final Pattern COLUMN = Pattern.compile("\\{([a-z_][a-z0-9_]*)(?::(\\d{1,3}):(\\d{1,3}))?}");

    Set<String> columns() {
        Set<String> columns = new TreeSet<>();
        COLUMN.matcher(pattern).results().forEach(found -> columns.add(found.group(1)));
        return columns;
    }

    /** The path as an expression of SQL. */
    String sql(UnaryOperator<String> column) {
        StringBuilder sql = new StringBuilder();
        Matcher matcher = COLUMN.matcher(pattern);
        int end = 0;
        while (matcher.find()) {
            sql.append(literal(pattern.substring(end, matcher.start()))).append(" || ");
            sql.append(part(column.apply(matcher.group(1)), matcher)).append(" || ");
            end = matcher.end();
        }
        return sql.append(literal(pattern.substring(end))).toString();
    }

    /** What the paths of all files look like. */
    Pattern layout() {
        StringBuilder layout = new StringBuilder();
        Matcher matcher = COLUMN.matcher(pattern);
        int end = 0;
        while (matcher.find()) {
            layout.append(Pattern.quote(pattern.substring(end, matcher.start())));
            layout.append(matcher.group(1).equals("digest") ? "[0-9a-f]+" : ".+");
            end = matcher.end();
        }
        return Pattern.compile(layout + Pattern.quote(pattern.substring(end)));
    }

    private static String part(String text, MatchResult found) {
        return found.group(2) == null
                ? text
                : "substr(%s, %d, %s)".formatted(text, Integer.parseInt(found.group(2)) + 1, found.group(3));
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
