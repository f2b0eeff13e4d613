package dev.muster.runbook.yaml;

import dev.muster.runbook.Misprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Values from the command line that take the place of those in the file, before anything is checked. */
final class Overrides {
    private final Map<String, String> values;
    private final Shape language;

    Overrides(Map<String, String> values, Shape language) {
        this.values = new TreeMap<>(values);
        this.language = language;
    }

    /** Puts the values into the tree, and says which of them have no place there. */
    List<Misprint> applyTo(Tree tree) {
        List<Misprint> misprints = new ArrayList<>();
        values.forEach((path, value) -> apply(tree, path, value).ifPresent(misprints::add));
        return misprints;
    }

    private Optional<Misprint> apply(Tree tree, String dotted, String text) {
        Place place = new Place("--set " + dotted, 0, 0);
        List<String> path = List.of(dotted.split("\\.", -1));
        JsonNode around = tree.root();
        for (int depth = 0; depth < path.size(); depth++) {
            String name = path.get(depth);
            Shape shape = language.below(path.subList(0, depth)).orElseThrow();
            Set<String> known = known(shape, around);
            if (!known.contains(name)) {
                return Optional.of(unknown(place, path.subList(0, depth), name, known));
            }
            boolean last = depth == path.size() - 1;
            if (last) {
                put(around, name, value(shape.below(name).orElseThrow(), text));
            } else if (around instanceof ObjectNode mapping
                    && !around.path(name).isContainer()) {
                mapping.set(name, JsonNodeFactory.instance.objectNode());
            }
            around = Tree.at(around, List.of(name));
        }
        tree.places().key(path, place);
        tree.places().value(path, place);
        return Optional.empty();
    }

    private static Set<String> known(Shape shape, JsonNode around) {
        if (around.isArray()) {
            return IntStream.range(0, around.size()).mapToObj(Integer::toString).collect(Collectors.toSet());
        }
        if (!around.isObject()) {
            return Set.of();
        }
        return shape.freeKeys() ? Set.copyOf(around.propertyNames()) : shape.keys();
    }

    private static Misprint unknown(Place place, List<String> path, String name, Set<String> known) {
        String where = path.isEmpty() ? "the file" : "`" + String.join(".", path) + "`";
        return place.misprint(
                "There is no `" + name + "` in " + where,
                known.isEmpty()
                        ? "Leave out what follows `" + String.join(".", path) + "`."
                        : new Spelling(known.stream().sorted().toList()).advice(name));
    }

    private static JsonNode value(Shape shape, String text) {
        return shape.isText() ? JsonNodeFactory.instance.stringNode(text) : PlainScalar.value(text);
    }

    private static void put(JsonNode around, String name, JsonNode value) {
        if (around instanceof ObjectNode mapping) {
            mapping.set(name, value);
        } else if (around instanceof ArrayNode list) {
            list.set(Integer.parseInt(name), value);
        }
    }
}
