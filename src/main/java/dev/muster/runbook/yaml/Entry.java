package dev.muster.runbook.yaml;

import dev.muster.runbook.Misprint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/** One value in a file, or the place where it could be; asking for what is not there, or is of another kind, is safe. */
public final class Entry {
    private final Document document;
    private final List<String> path;
    private final JsonNode node;

    Entry(Document document, List<String> path, JsonNode node) {
        this.document = document;
        this.path = path;
        this.node = node;
    }

    /** Whether the file gives a value here. */
    public boolean present() {
        return !node.isMissingNode() && !node.isNull();
    }

    /** What stands under a key. */
    public Entry at(String key) {
        return new Entry(document, below(key), node.path(key));
    }

    /** What stands under each key, in the order of the file. */
    public Map<String, Entry> entries() {
        Map<String, Entry> entries = new LinkedHashMap<>();
        node.propertyNames().forEach(key -> entries.put(key, at(key)));
        return Collections.unmodifiableMap(entries);
    }

    /** The items of a list. */
    public List<Entry> items() {
        List<Entry> items = new ArrayList<>();
        if (node.isArray()) {
            for (int index = 0; index < node.size(); index++) {
                items.add(new Entry(document, below(Integer.toString(index)), node.path(index)));
            }
        }
        return List.copyOf(items);
    }

    public Optional<String> text() {
        return node.isString() ? Optional.of(node.stringValue()) : Optional.empty();
    }

    public OptionalLong number() {
        return node.isIntegralNumber() ? OptionalLong.of(node.longValue()) : OptionalLong.empty();
    }

    public Optional<Boolean> flag() {
        return node.isBoolean() ? Optional.of(node.booleanValue()) : Optional.empty();
    }

    /** The value and all below it as JSON. */
    public String json() {
        return node.toString();
    }

    /** A text, a number, true or false, as a text. */
    public String scalar() {
        return node.asString();
    }

    /** The file and line it stands in. */
    public String where() {
        Place place = document.place(path);
        return place.file() + ":" + place.line();
    }

    /** Whether it was given on the command line, in place of what the file says. */
    public boolean overridden() {
        return document.place(path).line() == 0;
    }

    /** The path from the top of the file, as {@code --set} takes it. */
    public String path() {
        return String.join(".", path);
    }

    /** A mistake in this value. */
    public Misprint misprint(String what, String remedy) {
        return document.place(path).misprint(what, remedy);
    }

    private List<String> below(String key) {
        List<String> below = new ArrayList<>(path);
        below.add(key);
        return List.copyOf(below);
    }
}
