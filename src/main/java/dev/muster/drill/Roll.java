package dev.muster.drill;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The tenants of a fleet as they were called up at a moment.
 *
 * @param tenants by name, each once
 * @param refused what cannot be the name of a tenant, made safe to be shown; never drilled, and never left out
 * @param duplicates how many names came more than once
 */
public record Roll(List<String> tenants, List<String> refused, int duplicates) {
    private static final Pattern NAME = Pattern.compile("(?!.*[.][.])[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final int SHOWN = 120;

    public Roll {
        tenants = List.copyOf(tenants);
        refused = List.copyOf(refused);
    }

    public static Roll of(Collection<String> names) {
        SortedSet<String> tenants = new TreeSet<>();
        List<String> refused = new ArrayList<>();
        int duplicates = 0;
        for (String name : names) {
            if (!sound(name)) {
                refused.add(shown(name));
            } else if (!tenants.add(name)) {
                duplicates++;
            }
        }
        return new Roll(List.copyOf(tenants), refused, duplicates);
    }

    /** Whether this can be the name of a tenant: it becomes part of prefixes, addresses and commands. */
    public static boolean sound(String name) {
        return NAME.matcher(name).matches();
    }

    /** What a person or a terminal can be shown of a name from outside. */
    public static String shown(String name) {
        StringBuilder shown = new StringBuilder("\"");
        name.codePoints().limit(SHOWN).forEach(point -> {
            if (point == '"' || point == '\\') {
                shown.append('\\').appendCodePoint(point);
            } else if (point >= ' ' && point < 127) {
                shown.appendCodePoint(point);
            } else {
                shown.append(String.format("\\u{%x}", point));
            }
        });
        return shown.append(name.codePointCount(0, name.length()) > SHOWN ? "\"…" : "\"")
                .toString();
    }
}
