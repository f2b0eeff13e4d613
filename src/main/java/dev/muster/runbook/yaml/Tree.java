package dev.muster.runbook.yaml;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * The values of a file and where they stand.
 *
 * @param unreadable the paths whose values could not be taken over, and about which enough has been said
 * @param whole whether the file was read to its end
 */
record Tree(JsonNode root, Places places, Set<List<String>> unreadable, boolean whole) {

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
