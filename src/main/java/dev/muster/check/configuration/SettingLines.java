package dev.muster.check.configuration;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the values of a settings file by key: JSON, or lines of keys and values with or without sections. */
final class SettingLines {
    private static final Pattern SECTION = Pattern.compile("\\[([^\\]]+)\\]\\s*");
    private static final Pattern ASSIGNMENT = Pattern.compile("(?:export\\s+)?([^=:\\s\\[][^=:]*?)\\s*[=:]\\s*(.*)");

    private SettingLines() {}

    /** The values; absent when the file is none that this reads. */
    static Optional<Map<String, String>> read(String path, String text) {
        return path.endsWith(".json") ? json(text) : Optional.of(lines(text));
    }

    private static Map<String, String> lines(String text) {
        Map<String, String> values = new HashMap<>();
        String section = "";
        for (String line : text.replace("\uFEFF", "").lines().map(String::strip).toList()) {
            Matcher begins = SECTION.matcher(line);
            Matcher assignment = ASSIGNMENT.matcher(line);
            if (line.startsWith("#") || line.startsWith(";") || line.startsWith("!")) {
                continue;
            }
            if (begins.matches()) {
                section = begins.group(1).strip() + ".";
            } else if (assignment.matches()) {
                values.put(section + assignment.group(1), unquoted(assignment.group(2)));
            }
        }
        return values;
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2
                && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                && value.charAt(value.length() - 1) == value.charAt(0);
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private static Optional<Map<String, String>> json(String text) {
        Map<String, String> values = new HashMap<>();
        Deque<Map.Entry<String, JsonNode>> open = new ArrayDeque<>();
        try {
            open.add(Map.entry("", JsonMapper.shared().readTree(text)));
        } catch (JacksonException e) {
            return Optional.empty();
        }
        while (!open.isEmpty()) {
            Map.Entry<String, JsonNode> next = open.remove();
            String before = next.getKey().isEmpty() ? "" : next.getKey() + ".";
            JsonNode node = next.getValue();
            if (node.isValueNode()) {
                values.put(next.getKey(), node.isNull() ? "" : node.asString());
            }
            node.properties().forEach(inner -> open.add(Map.entry(before + inner.getKey(), inner.getValue())));
            for (int index = 0; node.isArray() && index < node.size(); index++) {
                open.add(Map.entry(before + index, node.get(index)));
            }
        }
        return Optional.of(values);
    }
}
