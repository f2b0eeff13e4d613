package dev.muster.check.workflow;

import dev.muster.drill.Blanks;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What is known by name while a workflow runs, and the filling in of it. */
final class Memory {
    private final Map<String, JsonNode> values = new HashMap<>();

    Memory() {}

    Memory(Memory earlier) {
        values.putAll(earlier.values);
    }

    void keep(String name, JsonNode value) {
        values.put(name, value);
    }

    JsonNode value(String name) {
        JsonNode value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("the reader of runbooks lets {" + name + "} pass");
        }
        return value;
    }

    String fill(String text) {
        return fill(text, value -> value);
    }

    /** @param written how a value is written so that it stays one value where it stands */
    String fill(String text, UnaryOperator<String> written) {
        return Blanks.fill(text, name -> written.apply(plain(value(name))));
    }

    /** The tree with its blanks filled in; a text that is one blank becomes the value itself, with its kind. */
    JsonNode fillTree(String json) {
        return filled(JsonMapper.shared().readTree(json));
    }

    private JsonNode filled(JsonNode node) {
        if (node.isString()) {
            String text = node.stringValue();
            return Blanks.only(text)
                    ? value(text.substring(1, text.length() - 1))
                    : JsonNodeFactory.instance.stringNode(fill(text));
        }
        if (node.isArray()) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            node.forEach(item -> list.add(filled(item)));
            return list;
        }
        if (node.isObject()) {
            ObjectNode mapping = JsonNodeFactory.instance.objectNode();
            node.propertyNames().forEach(key -> mapping.set(fill(key), filled(node.path(key))));
            return mapping;
        }
        return node;
    }

    static String plain(JsonNode value) {
        return value.isValueNode() ? value.asString() : value.toString();
    }
}
