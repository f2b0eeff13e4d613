package dev.muster.runbook.yaml;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import dev.muster.drill.Fleet;
import dev.muster.runbook.Misprint;
import dev.muster.runbook.References;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Compares a tree with the schema of its language. */
final class FormCheck {
    /** What is only missing, perhaps, because the file could not be read to its end. */
    private static final Set<String> ABSENCES =
            Set.of("required", "oneOf", "minProperties", "minItems", "dependentRequired");

    private final Language language;
    private final Tree tree;

    FormCheck(Language language, Tree tree) {
        this.language = language;
        this.tree = tree;
    }

    List<Misprint> misprints() {
        List<Misprint> misprints = new ArrayList<>(references(List.of(), tree.root()));
        List<Error> errors = language.errors(tree.root());
        Map<List<String>, Set<String>> keywords = new HashMap<>();
        errors.forEach(error ->
                keywords.computeIfAbsent(path(error), path -> new HashSet<>()).add(error.getKeyword()));
        for (Error error : errors) {
            List<String> path = path(error);
            if (tells(error, keywords.getOrDefault(path, Set.of()))
                    && !tree.unreadable().contains(path)) {
                misprints.add(new FormFault(language.shape(), tree, path, error).misprint());
            }
        }
        return misprints;
    }

    /** Whether an error is news, and not the consequence of another one in the same place. */
    private boolean tells(Error error, Set<String> there) {
        String keyword = error.getKeyword();
        boolean branch = error.getEvaluationPath().toString().contains("/oneOf/");
        if (branch || (ABSENCES.contains(keyword) && !tree.whole())) {
            return false;
        }
        return switch (keyword) {
            case "type", "additionalProperties" -> true;
            case "oneOf" ->
                !there.contains("type")
                        && !there.contains("additionalProperties")
                        && !there.contains("dependentRequired");
            default -> !there.contains("type");
        };
    }

    private static List<String> path(Error error) {
        NodePath location = error.getInstanceLocation();
        List<String> path = new ArrayList<>();
        for (int index = 0; index < location.getNameCount(); index++) {
            path.add(location.getName(index));
        }
        return List.copyOf(path);
    }

    private List<Misprint> references(List<String> path, JsonNode node) {
        List<Misprint> misprints = new ArrayList<>();
        if (node.isString() && !References.wellFormed(withoutTenant(path, node.stringValue()))) {
            misprints.add(tree.places()
                    .ofValue(path)
                    .misprint(
                            "`" + String.join(".", path) + "` holds `${`, but not a reference",
                            "Write ${env:NAME} for a variable of the environment or ${secret:NAME} for a secret."));
        }
        node.propertyNames().forEach(key -> misprints.addAll(references(below(path, key), node.path(key))));
        if (node.isArray()) {
            for (int index = 0; index < node.size(); index++) {
                misprints.addAll(references(below(path, Integer.toString(index)), node.path(index)));
            }
        }
        return misprints;
    }

    /** The template of a fleet may have its tenant's name everywhere but where the fleet itself is described. */
    private String withoutTenant(List<String> path, String text) {
        boolean template =
                tree.root().has("fleet") && !path.isEmpty() && !path.get(0).equals("fleet");
        return template ? text.replace(Fleet.PLACEHOLDER, "") : text;
    }

    private static List<String> below(List<String> path, String name) {
        List<String> below = new ArrayList<>(path);
        below.add(name);
        return List.copyOf(below);
    }
}
