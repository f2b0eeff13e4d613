package dev.muster.check.configuration;

import dev.muster.drill.Inventory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Goes through an inventory item by item. No value is shown that could be a secret. */
final class Comparison {
    private static final String AS_LISTED = "as listed";
    private static final int LONGEST_SHOWN = 80;
    private static final Pattern VERSION =
            Pattern.compile("(?m)^[^#\\n]*[\"']version[\"']\\s*:\\s*[\"']([^\"'\\n]*)[\"']");
    private static final Pattern CREDENTIALS_IN_ADDRESS = Pattern.compile("(?s).*://[^/\\s]*@.*");

    private final ConfigurationFolder folder;
    private final Map<String, String> observations = new LinkedHashMap<>();
    private final List<String> differences = new ArrayList<>();

    Comparison(ConfigurationFolder folder) {
        this.folder = folder;
    }

    /** What was seen of each item. */
    Map<String, String> observations() {
        return Collections.unmodifiableMap(observations);
    }

    /** A clause for each item that is not as listed. */
    List<String> differences() {
        return List.copyOf(differences);
    }

    void files(List<String> patterns) {
        for (String pattern : patterns) {
            long matching = folder.files().keySet().stream()
                    .filter(path -> Wildcards.pathMatches(pattern, path))
                    .count();
            String seen = matching == 0 ? "not there" : matching == 1 ? "there" : matching + " files";
            note("file " + pattern, seen, matching == 0 ? Optional.of(pattern + " is not there") : Optional.empty());
        }
    }

    void keys(String path, Map<String, String> wanted) throws IOException {
        Optional<String> text = folder.text(path);
        Optional<Map<String, String>> values = text.flatMap(content -> SettingLines.read(path, content));
        wanted.forEach((key, expected) -> {
            String item = path + " " + key;
            if (values.isEmpty()) {
                String why = folder.files().containsKey(path) ? "cannot be read as settings" : "is not there";
                note(item, "file " + why, Optional.of(path + ", which holds " + key + ", " + why));
            } else {
                key(item, path, key, expected, Optional.ofNullable(values.get().get(key)));
            }
        });
    }

    private void key(String item, String path, String key, String expected, Optional<String> value) {
        if (value.isEmpty()) {
            note(item, "not there", Optional.of(path + " lacks the key " + key));
        } else if (expected.equals(Inventory.SET)) {
            boolean set = !value.get().isBlank();
            note(item, set ? "set" : "empty", set ? Optional.empty() : Optional.of(path + " leaves " + key + " empty"));
        } else if (Wildcards.valueMatches(expected, value.get())) {
            note(item, AS_LISTED, Optional.empty());
        } else {
            String shown = shown(key, value.get());
            note(
                    item,
                    shown + " (listed: " + expected + ")",
                    Optional.of(path + " has " + shown + " for " + key + " instead of " + expected));
        }
    }

    void addon(String addon, String expected) throws IOException {
        Map<String, String> versions = new TreeMap<>();
        for (String path : folder.files().keySet()) {
            if (Wildcards.pathMatches("**/" + addon + "/__manifest__.py", path)) {
                Matcher version = VERSION.matcher(folder.text(path).orElse(""));
                versions.put(path, version.find() ? version.group(1) : "none");
            }
        }
        String item = "add-on " + addon;
        if (versions.isEmpty()) {
            note(item, "not there", Optional.of("the add-on " + addon + " is not there"));
            return;
        }
        Optional<Map.Entry<String, String>> other = versions.entrySet().stream()
                .filter(one -> !Wildcards.valueMatches(expected, one.getValue()))
                .findFirst();
        note(
                item,
                other.map(one -> one.getValue() + " (listed: " + expected + ")").orElse(AS_LISTED),
                other.map(one -> "the add-on " + addon + " has version " + one.getValue() + " instead of " + expected
                        + " (" + one.getKey() + ")"));
    }

    void image(String name, String digest) throws IOException {
        Images found = Images.find(name, folder);
        String item = "image " + name;
        if (!found.unpinned().isEmpty()) {
            note(
                    item,
                    "without a digest",
                    Optional.of("the image " + name + " is named without a digest in "
                            + String.join(", ", found.unpinned())));
        } else if (found.digests().isEmpty()) {
            note(item, "not there", Optional.of("the image " + name + " is not there with a digest"));
        } else if (!found.digests().equals(Set.of(digest))) {
            String seen = String.join(" and ", found.digests());
            note(
                    item,
                    seen + " (listed: " + digest + ")",
                    Optional.of("the image " + name + " is pinned to " + seen + " instead of " + digest));
        } else {
            note(item, AS_LISTED, Optional.empty());
        }
    }

    private void note(String item, String seen, Optional<String> difference) {
        observations.put(item, seen);
        difference.ifPresent(differences::add);
    }

    private static String shown(String key, String value) {
        if (Inventory.secretive(key) || CREDENTIALS_IN_ADDRESS.matcher(value).matches()) {
            return "another value (not shown)";
        }
        String line = value.replaceAll("\\s+", " ");
        return "\"" + (line.length() <= LONGEST_SHOWN ? line : line.substring(0, LONGEST_SHOWN) + "...") + "\"";
    }
}
