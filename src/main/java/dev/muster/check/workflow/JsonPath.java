package dev.muster.check.workflow;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The path of a value: {@code $}, then {@code .name} for what stands under a key and {@code [0]} for an item of a list. */
final class JsonPath {
    private static final Pattern PART = Pattern.compile("\\.([A-Za-z_][A-Za-z0-9_-]*)|\\[(\\d{1,4})]");

    private JsonPath() {}

    /** What lies there; a missing node if nothing does. */
    static JsonNode at(JsonNode root, String path) {
        JsonNode node = root;
        Matcher part = PART.matcher(path);
        while (part.find()) {
            node = part.group(1) != null ? node.path(part.group(1)) : node.path(Integer.parseInt(part.group(2)));
        }
        return node;
    }
}
