package dev.muster.evidence.report;

import dev.muster.template.Legible;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * A document as a template reads it: what is unknown is left out, {@code fooSeconds} also comes as {@code foo} in words,
 * and instants, days and sizes are written for people.
 */
final class ReadableDocument {
    private static final String SECONDS = "Seconds";
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    private final LocalWriting writing;
    private final UnaryOperator<String> quoting;

    /** @param quoting what becomes of each text that is taken from the document */
    ReadableDocument(LocalWriting writing, UnaryOperator<String> quoting) {
        this.writing = writing;
        this.quoting = quoting;
    }

    Map<String, Object> of(JsonNode document) {
        Map<String, Object> readable = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : document.properties()) {
            String name = Legible.of(entry.getKey());
            JsonNode node = entry.getValue();
            if (node.isNumber() && name.endsWith(SECONDS)) {
                readable.put(
                        name.substring(0, name.length() - SECONDS.length()), writing.duration(node.decimalValue()));
            } else if (node.isNumber() && (name.equals("size") || name.equals("bytes"))) {
                readable.put(name, writing.size(node.longValue()));
            } else {
                value(node).ifPresent(value -> readable.put(name, value));
            }
        }
        return readable;
    }

    private Optional<Object> value(JsonNode node) {
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

    private String text(String text) {
        try {
            if (text.endsWith("Z")) {
                return writing.instant(Instant.parse(text));
            }
            if (DAY.matcher(text).matches()) {
                return writing.date(LocalDate.parse(text));
            }
        } catch (DateTimeException ordinaryText) {
            return quoting.apply(Legible.of(text));
        }
        return quoting.apply(Legible.of(text));
    }
}
