package dev.muster.runbook.yaml;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The values of a file and where they stand.
 *
 * @param unreadable the paths whose values could not be taken over, and about which enough has been said
 * @param whole whether the file was read to its end
 */
record Tree(JsonNode root, Places places, Set<List<String>> unreadable, boolean whole) {

    Tree filledIn(String placeholder, String word) {
        return new Tree(filledIn(root, placeholder, word), places, unreadable, whole);
    }

    private static JsonNode filledIn(JsonNode node, String placeholder, String word) {
        if (node.isString()) {
            return JsonNodeFactory.instance.stringNode(node.stringValue().replace(placeholder, word));
        }
        if (node.isArray()) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            node.forEach(item -> list.add(filledIn(item, placeholder, word)));
            return list;
        }
        if (node.isObject()) {
            ObjectNode mapping = JsonNodeFactory.instance.objectNode();
            node.propertyNames().forEach(key -> mapping.set(key, filledIn(node.path(key), placeholder, word)));
            return mapping;
        }
        return node;
    }

    static JsonNode at(JsonNode root, List<String> path) {
        JsonNode node = root;
        for (String name : path) {
            node = node.isArray() ? element(node, name) : node.path(name);
        }
        return node;
    }

    private static JsonNode element(JsonNode list, String index) {
        return index.matches("\\d{1,6}") ? list.path(Integer.parseInt(index)) : MissingNode.getInstance();
    }
}
