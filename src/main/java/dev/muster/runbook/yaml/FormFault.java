package dev.muster.runbook.yaml;

import com.networknt.schema.Error;
import dev.muster.runbook.Misprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** One error of the schema's validator, said in our own words. */
final class FormFault {
    private static final int LONGEST_QUOTE = 60;

    private final Shape language;
    private final Tree tree;
    private final List<String> path;
    private final Error error;
    private final Optional<Shape> shape;

    FormFault(Shape language, Tree tree, List<String> path, Error error) {
        this.language = language;
        this.tree = tree;
        this.path = path;
        this.error = error;
        this.shape = language.below(path);
    }

    Misprint misprint() {
        String remedy = shape.map(Shape::description).orElse("");
        return switch (error.getKeyword()) {
            case "additionalProperties" -> unknownKey();
            case "required" -> missingKey();
            case "dependentRequired" -> lonelyKey();
            case "type" -> wrongType();
            case "enum", "const" -> unknownValue();
            case "pattern" -> atValue(name() + " is " + quoted() + ", not " + kind(), remedy);
            case "propertyNames" -> wrongKey();
            case "minimum" -> atValue(name() + " is " + quoted() + ", less than " + error.getSchemaNode(), remedy);
            case "maximum" -> atValue(name() + " is " + quoted() + ", more than " + error.getSchemaNode(), remedy);
            case "minLength" -> atValue(name() + " is empty", remedy);
            case "minItems" -> atValue(name() + " has too few items, the least is " + error.getSchemaNode(), remedy);
            case "minProperties" -> atKey(name() + " says nothing", remedy);
            case "maxProperties" ->
                atKey(name() + " says `within` and something else", "Remove the other keys, or remove `within`.");
            case "oneOf" ->
                atValue(
                        kind().startsWith("a step")
                                ? "This step does not do exactly one thing"
                                : name() + " is said in more than one way, or in none",
                        remedy);
            default -> atValue(name() + " does not fit the schema (" + error.getKeyword() + ")", remedy);
        };
    }

    private Misprint unknownKey() {
        Spelling spelling = new Spelling(shape.map(Shape::keys).orElseThrow());
        String explained = spelling.nearest(error.getProperty()).isEmpty()
                ? shape.filter(around -> around.kind().startsWith("a step"))
                        .map(around -> " " + around.description())
                        .orElse("")
                : "";
        return tree.places()
                .ofKey(below(error.getProperty()))
                .misprint(
                        "Unknown key `" + shortened(error.getProperty()) + "`"
                                + (path.isEmpty() ? "" : " in " + name()),
                        spelling.advice(error.getProperty()) + explained);
    }

    private Misprint missingKey() {
        String key = error.getProperty();
        String remedy = language.below(below(key)).map(Shape::description).orElse("");
        return atKey(
                (path.isEmpty() ? "The file" : name()) + " lacks the key `" + key + "`",
                ("Add `" + key + ": ...`. " + remedy).strip());
    }

    private Misprint lonelyKey() {
        JsonNode value = Tree.at(tree.root(), path);
        for (String key : error.getSchemaNode().propertyNames()) {
            String needed = error.getSchemaNode().path(key).path(0).asString("");
            if (value.has(key) && !value.has(needed)) {
                return needed.equals("check")
                        ? atValue(
                                "`" + key + "` stands in a step that is no check",
                                "Put `" + key + "` beside a `check`.")
                        : atValue(
                                "`" + key + "` stands without `" + needed + "`", "Add `" + needed + "`, or remove it.");
            }
        }
        return atValue(name() + " lacks a key that another one needs", "");
    }

    private Misprint wrongType() {
        JsonNode value = Tree.at(tree.root(), path);
        boolean quotable = value.isValueNode() && kind().equals("text");
        String remedy = (quotable ? "Put it in quotes. " : "")
                + shape.map(Shape::description).orElse("");
        if (value.isNull()) {
            return atKey(name() + " has no value", shape.map(Shape::description).orElse(""));
        }
        return atValue((path.isEmpty() ? "The file" : name()) + " is " + found(value) + ", not " + kind(), remedy);
    }

    private Misprint unknownValue() {
        JsonNode value = Tree.at(tree.root(), path);
        return atValue(
                name() + " is " + quoted() + ", which is not known",
                new Spelling(shape.map(Shape::values).orElseThrow()).advice(value.asString("")));
    }

    private Misprint wrongKey() {
        Shape names = shape.map(Shape::keyNames).orElseThrow();
        return tree.places()
                .ofKey(below(error.getProperty()))
                .misprint(
                        "`" + shortened(error.getProperty()) + "` in " + name() + " is not " + names.kind(),
                        names.description());
    }

    private Misprint atValue(String what, String remedy) {
        return tree.places().ofValue(path).misprint(what, remedy);
    }

    private Misprint atKey(String what, String remedy) {
        return tree.places().ofKey(path).misprint(what, remedy);
    }

    private String name() {
        return "`" + shortened(String.join(".", path)) + "`";
    }

    private String kind() {
        return shape.map(Shape::kind).orElse("what is allowed there");
    }

    private String quoted() {
        if (shape.filter(Shape::hidden).isPresent()) {
            return "something";
        }
        JsonNode value = Tree.at(tree.root(), path);
        return "`" + shortened(value.asString(value.toString())) + "`";
    }

    private static String found(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "text";
            case NUMBER -> "a number";
            case BOOLEAN -> value.booleanValue() ? "true" : "false";
            case ARRAY -> "a list";
            case OBJECT -> "a mapping of keys to values";
            default -> "nothing";
        };
    }

    private List<String> below(String key) {
        List<String> below = new ArrayList<>(path);
        below.add(key);
        return below;
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= LONGEST_QUOTE ? line : line.substring(0, LONGEST_QUOTE) + "...";
    }
}
