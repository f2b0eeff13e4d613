package dev.muster.drill;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a restored configuration has to hold, as a runbook lists it.
 *
 * @param files patterns of paths, each of which a file must match
 * @param keys by file and key: {@link #SET}, or a pattern that the value must match
 * @param addons the version of each add-on, as a pattern
 * @param images the digest that each container image must be pinned to
 */
public record Inventory(
        List<String> files,
        Map<String, Map<String, String>> keys,
        Map<String, String> addons,
        Map<String, String> images) {
    /** Stands for any value but an empty one, which is not looked at further. */
    public static final String SET = "set";

    /** Stands for any value, be it empty. */
    public static final String ANY = "*";

    private static final Set<String> SECRETIVE =
            Set.of("pass", "pwd", "secret", "token", "key", "credential", "private", "salt", "auth", "dsn");

    public Inventory {
        files = List.copyOf(files);
        Map<String, Map<String, String>> byFile = new LinkedHashMap<>();
        keys.forEach((file, ofFile) -> byFile.put(file, inOrder(ofFile)));
        keys = Collections.unmodifiableMap(byFile);
        addons = inOrder(addons);
        images = inOrder(images);
    }

    /** Whether the value of a key with this name must be shown to nobody. */
    public static boolean secretive(String key) {
        String small = key.toLowerCase(Locale.ROOT);
        return SECRETIVE.stream().anyMatch(small::contains);
    }

    private static Map<String, String> inOrder(Map<String, String> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
