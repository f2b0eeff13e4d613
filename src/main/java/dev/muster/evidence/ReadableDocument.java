package dev.muster.evidence;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A document as a template reads it: what is unknown is left out, {@code fooSeconds} also comes as {@code foo} in words,
 * and instants and sizes are written for people.
 */
final class ReadableDocument {
    private static final String SECONDS = "Seconds";

    private ReadableDocument() {}

    static Map<String, Object> of(JsonNode document) {
        Map<String, Object> readable = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : document.properties()) {
            String name = entry.getKey();
            JsonNode node = entry.getValue();
            if (node.isNumber() && name.endsWith(SECONDS)) {
                readable.put(
                        name.substring(0, name.length() - SECONDS.length()), HumanTime.duration(node.decimalValue()));
            } else if (node.isNumber() && (name.equals("size") || name.equals("bytes"))) {
                readable.put(name, size(node.longValue()));
            } else {
                value(node).ifPresent(value -> readable.put(name, value));
            }
        }
        return readable;
    }

    private static Optional<Object> value(JsonNode node) {
        if (node.isObject()) {
            return Optional.of(of(node));
        }
        if (node.isArray()) {
            List<Object> list = new ArrayList<>();
            node.forEach(element -> value(element).ifPresent(list::add));
            return Optional.of(list);
        }
        if (node.isString()) {
            return Optional.of(text(node.stringValue()));
        }
        if (node.isBoolean()) {
            return Optional.of(node.booleanValue());
        }
        return node.isNumber() ? Optional.of(node.decimalValue()) : Optional.empty();
    }

    private static String text(String text) {
        try {
            return text.endsWith("Z") ? HumanTime.instant(Instant.parse(text)) : text;
        } catch (DateTimeException ordinaryText) {
            return text;
        }
    }

    static String size(long bytes) {
        if (bytes < 1000) {
            return bytes + (bytes == 1 ? " byte" : " bytes");
        }
        BigDecimal value = BigDecimal.valueOf(bytes);
        String unit = "";
        for (String next : List.of("kB", "MB", "GB", "TB", "PB")) {
            if (value.compareTo(BigDecimal.valueOf(1000)) < 0) {
                break;
            }
            value = value.movePointLeft(3);
            unit = next;
        }
        return String.format(Locale.ROOT, "%.1f %s (%,d bytes)", value, unit, bytes);
    }
}
