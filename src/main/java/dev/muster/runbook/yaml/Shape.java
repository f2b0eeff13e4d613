package dev.muster.runbook.yaml;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What the schema says about one place: the node that describes it, and what that node refers to. */
final class Shape {
    private final JsonNode schema;
    private final List<JsonNode> nodes;

    private Shape(JsonNode schema, JsonNode node) {
        this.schema = schema;
        List<JsonNode> all = new ArrayList<>();
        for (JsonNode next = node; !next.isMissingNode(); next = referred(schema, next)) {
            all.add(next);
        }
        this.nodes = List.copyOf(all);
    }

    static Shape of(JsonNode schema) {
        return new Shape(schema, schema);
    }

    private static JsonNode referred(JsonNode schema, JsonNode node) {
        String reference = node.path("$ref").asString("");
        return reference.isEmpty() ? schema.path("") : schema.at(reference.substring(1));
    }

    /** The shape of what stands below: by key in a mapping, by number in a list; absent if nothing may. */
    Optional<Shape> below(String name) {
        for (JsonNode node : nodes) {
            if (node.path("properties").has(name)) {
                return Optional.of(new Shape(schema, node.path("properties").path(name)));
            }
            if (node.path("additionalProperties").isObject()) {
                return Optional.of(new Shape(schema, node.path("additionalProperties")));
            }
            if (node.has("items") && name.matches("\\d+")) {
                return Optional.of(new Shape(schema, node.path("items")));
            }
        }
        return Optional.empty();
    }

    Optional<Shape> below(List<String> path) {
        Optional<Shape> shape = Optional.of(this);
        for (String name : path) {
            shape = shape.flatMap(around -> around.below(name));
        }
        return shape;
    }

    /** The shape of the keys of a mapping whose keys are free. */
    Shape keyNames() {
        return new Shape(schema, word("propertyNames").orElse(schema.path("")));
    }

    /** Whether the keys of the mapping are names that its writer chooses. */
    boolean freeKeys() {
        return word("additionalProperties").filter(JsonNode::isObject).isPresent();
    }

    /** The keys that may stand here, as the schema lists them. */
    Set<String> keys() {
        Set<String> keys = new LinkedHashSet<>();
        for (int index = nodes.size() - 1; index >= 0; index--) {
            // What is referred to lists all keys, what refers to it only those it narrows.
            keys.addAll(nodes.get(index).path("properties").propertyNames());
        }
        return keys;
    }

    Set<String> values() {
        Set<String> values = new LinkedHashSet<>();
        word("enum")
                .or(() -> word("then").map(then -> then.path("enum")))
                .ifPresent(listed -> listed.forEach(value -> values.add(value.asString(""))));
        return values;
    }

    boolean isText() {
        return type().equals("string");
    }

    boolean isMapping() {
        return type().equals("object");
    }

    boolean hasRequired() {
        return word("required").isPresent();
    }

    /** Whether a value here must not be repeated in a message. */
    boolean hidden() {
        return word("writeOnly").isPresent();
    }

    /** What a value here is, in words: "a duration", "a list". */
    String kind() {
        return words("title").orElseGet(() -> switch (type()) {
            case "string" -> "text";
            case "integer" -> "a whole number";
            case "boolean" -> "true or false";
            case "array" -> "a list";
            case "object" -> "a mapping of keys to values";
            default -> "something else";
        });
    }

    String description() {
        return words("description").orElse("");
    }

    private String type() {
        return words("type").orElse("");
    }

    private Optional<String> words(String keyword) {
        return word(keyword).map(node -> node.asString(""));
    }

    private Optional<JsonNode> word(String keyword) {
        return nodes.stream()
                .filter(node -> node.has(keyword))
                .map(node -> node.path(keyword))
                .findFirst();
    }
}
