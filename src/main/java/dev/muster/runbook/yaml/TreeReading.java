package dev.muster.runbook.yaml;

import dev.muster.runbook.Misprint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One pass over a YAML text that takes plain mappings, lists and scalars and refuses the rest.
 *
 * <p>It works on the parser's events, because the composer would follow aliases and lose where they stand, and because
 * what was read before a fault of syntax is still worth looking at.
 */
final class TreeReading {
    private static final int DEEPEST = 32;

    private final JsonNodeFactory nodes = JsonNodeFactory.instance;
    private final Set<List<String>> unreadable = new HashSet<>();
    private final List<Misprint> misprints = new ArrayList<>();
    private final Places places;
    private final boolean several;
    private final Iterator<Event> events;
    private Optional<JsonNode> root = Optional.empty();
    private Optional<YamlEngineException> fault = Optional.empty();

    TreeReading(String file, String text) {
        this(file, text, false);
    }

    /** @param several whether the text may hold any number of documents, which are read as a list */
    TreeReading(String file, String text, boolean several) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setSchema(new CoreSchema())
                .setCodePointLimit(Integer.MAX_VALUE)
                .build();
        this.places = new Places(file);
        this.several = several;
        if (several) {
            root = Optional.of(nodes.arrayNode());
        }
        this.events = new Parse(settings).parseString(text).iterator();
    }

    /** The values that could be read; no content at all reads as an empty mapping. */
    Tree read() {
        try {
            while (events.hasNext()) {
                Event event = events.next();
                if (event.getEventId() == Event.ID.DocumentStart) {
                    document(event);
                }
            }
        } catch (YamlEngineException syntax) {
            fault = Optional.of(syntax);
        }
        return new Tree(root.orElseGet(nodes::objectNode), places, Set.copyOf(unreadable), fault.isEmpty());
    }

    List<Misprint> misprints() {
        return List.copyOf(misprints);
    }

    Optional<YamlEngineException> fault() {
        return fault;
    }

    private void document(Event start) {
        if (several) {
            oneOfSeveral((ArrayNode) root.orElseThrow());
            return;
        }
        if (root.isPresent()) {
            misprints.add(place(start)
                    .misprint(
                            "A second document begins here",
                            "Put it into a file of its own, and remove the line `---`."));
            skip(events.next());
            return;
        }
        Event content = events.next();
        if (content instanceof ScalarEvent scalar
                && scalar.isPlain()
                && scalar.getValue().isEmpty()) {
            return;
        }
        value(List.of(), content, node -> root = Optional.of(node));
    }

    private void oneOfSeveral(ArrayNode documents) {
        Event content = events.next();
        if (!(content instanceof ScalarEvent scalar
                && scalar.isPlain()
                && scalar.getValue().isEmpty())) {
            value(List.of(Integer.toString(documents.size())), content, documents::add);
        }
    }

    private void value(List<String> path, Event event, Receiver receiver) {
        places.value(path, place(event));
        refuseDecoration(path, event);
        if (event instanceof ScalarEvent scalar) {
            receiver.take(
                    scalar.isPlain() ? PlainScalar.value(scalar.getValue()) : nodes.stringNode(scalar.getValue()));
        } else if (event instanceof AliasEvent) {
            misprints.add(place(event).misprint("An alias stands here", "Write the value out; aliases are not read."));
            receiver.take(nodes.nullNode());
            unreadable.add(path);
        } else if (path.size() >= DEEPEST) {
            throw new TooDeep(event.getStartMark());
        } else if (event.getEventId() == Event.ID.SequenceStart) {
            ArrayNode list = nodes.arrayNode();
            receiver.take(list);
            list(path, list);
        } else {
            ObjectNode mapping = nodes.objectNode();
            receiver.take(mapping);
            mapping(path, mapping);
        }
    }

    private void list(List<String> path, ArrayNode list) {
        Event event = events.next();
        while (event.getEventId() != Event.ID.SequenceEnd) {
            value(below(path, Integer.toString(list.size())), event, list::add);
            event = events.next();
        }
    }

    private void mapping(List<String> path, ObjectNode mapping) {
        Event event = events.next();
        while (event.getEventId() != Event.ID.MappingEnd) {
            Event key = event;
            if (key instanceof ScalarEvent scalar
                    && !(scalar.isPlain() && scalar.getValue().equals("<<"))) {
                List<String> below = below(path, scalar.getValue());
                refuseDecoration(below, key);
                entry(below, scalar, mapping);
            } else {
                misprints.add(place(key)
                        .misprint(
                                key instanceof ScalarEvent ? "A merge key stands here" : "A key must be a plain word",
                                "Write the keys and values out."));
                skip(key);
                skip(events.next());
            }
            event = events.next();
        }
    }

    private void entry(List<String> path, ScalarEvent key, ObjectNode mapping) {
        String name = key.getValue();
        if (mapping.has(name)) {
            misprints.add(place(key)
                    .misprint(
                            "The key `" + name + "` is here twice",
                            "It stands in line " + places.ofKey(path).line() + " already; remove one of the two."));
            skip(events.next());
            return;
        }
        places.key(path, place(key));
        value(path, events.next(), node -> mapping.set(name, node));
    }

    private void refuseDecoration(List<String> path, Event event) {
        if (event instanceof NodeEvent node
                && !(event instanceof AliasEvent)
                && node.getAnchor().isPresent()) {
            misprints.add(place(event).misprint("An anchor stands here", "Remove the word that begins with `&`."));
        }
        Optional<String> tag = Optional.empty();
        if (event instanceof ScalarEvent scalar) {
            tag = scalar.getTag();
        } else if (event instanceof CollectionStartEvent collection) {
            tag = collection.getTag();
        }
        if (tag.isPresent()) {
            unreadable.add(path);
            misprints.add(place(event).misprint("A tag stands here", "Remove the word that begins with `!`."));
        }
    }

    private void skip(Event first) {
        int depth = 0;
        Event event = first;
        while (true) {
            switch (event.getEventId()) {
                case MappingStart, SequenceStart -> depth++;
                case MappingEnd, SequenceEnd -> depth--;
                default -> {}
            }
            if (depth == 0) {
                return;
            }
            if (depth > DEEPEST) {
                throw new TooDeep(event.getStartMark());
            }
            event = events.next();
        }
    }

    private Place place(Event event) {
        Optional<Mark> mark = event.getStartMark();
        return mark.map(start -> new Place(places.start().file(), start.getLine() + 1, start.getColumn() + 1))
                .orElse(places.start());
    }

    private static List<String> below(List<String> path, String name) {
        List<String> below = new ArrayList<>(path);
        below.add(name);
        return List.copyOf(below);
    }

    /** Ends the reading, because the parser takes ever longer the deeper it goes. */
    private static final class TooDeep extends MarkedYamlEngineException {
        private static final long serialVersionUID = 1;

        TooDeep(Optional<Mark> place) {
            super("", Optional.empty(), "nested too deeply", place);
        }
    }

    /** Takes a node before its content is read, so that it keeps what came before a fault. */
    private interface Receiver {
        void take(JsonNode node);
    }
}
