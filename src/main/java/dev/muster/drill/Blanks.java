package dev.muster.drill;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The places in a text that are filled in later, written as a name in braces: {@code {database}}. */
public final class Blanks {
    private static final Pattern BLANK = Pattern.compile("\\{([a-z][A-Za-z0-9_]*)}");

    private Blanks() {}

    /** The names in a text. */
    public static Set<String> in(String text) {
        Set<String> names = new LinkedHashSet<>();
        BLANK.matcher(text).results().forEach(found -> names.add(found.group(1)));
        return names;
    }

    /** Whether the whole text is one name in braces. */
    public static boolean only(String text) {
        return BLANK.matcher(text).matches();
    }

    /** The text with what belongs in each place. */
    public static String fill(String text, UnaryOperator<String> value) {
        return BLANK.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value.apply(found.group(1))));
    }
}
