package dev.muster.evidence.pack;

import dev.muster.evidence.record.Section;
import dev.muster.ledger.Checkpoint;
import dev.muster.ledger.Consistency;
import dev.muster.ledger.Excerpt;
import dev.muster.ledger.LedgerPart;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The index of a pack, {@code index.json}: every drill of the period with its bundle, or why it has none. */
final class PackIndex {
    static final String SCHEMA = "https://muster.dev/schema/pack-v1.json";

    private PackIndex() {}

    static Map<String, @Nullable Object> of(PackContents contents, Set<String> packed, Section tool) {
        LedgerPart part = contents.part();
        Checkpoint now = part.now();
        return new Section()
                .with("schema", SCHEMA)
                .with(
                        "period",
                        new Section()
                                .with("first", contents.period().first().toString())
                                .with("last", contents.period().last().toString())
                                .with("from", contents.period().from())
                                .with("to", contents.period().to()))
                .with("made", now.at())
                .with("tool", tool)
                .with("systems", systems(contents.period(), part.excerpt(), contents.declared()))
                .with("drills", drills(contents.period(), part.excerpt(), packed))
                .with(
                        "otherEvents",
                        PackedDrills.of(contents.period(), part.excerpt().events())
                                .others())
                .with("runbooks", contents.declared())
                .with(
                        "ledger",
                        new Section()
                                .with("origin", now.origin())
                                .with("events", now.size())
                                .with("linesBefore", part.excerpt().before())
                                .with("partsBefore", part.excerpt().parts())
                                .with("lines", part.excerpt().lines().size())
                                .with(
                                        "checkpoints",
                                        part.steps().stream()
                                                .map(Consistency::earlier)
                                                .map(PackIndex::checkpoint)
                                                .toList())
                                .with("now", checkpoint(now)))
                .values();
    }

    private static Section checkpoint(Checkpoint one) {
        return new Section().with("events", one.size()).with("root", one.root()).with("at", one.at());
    }

    static List<Section> systems(Period period, Excerpt excerpt, Map<String, String> declared) {
        return PackedDrills.of(period, excerpt.events()).systems(declared);
    }

    static List<Section> drills(Period period, Excerpt excerpt, Set<String> packed) {
        return PackedDrills.of(period, excerpt.events()).all().stream()
                .map(drill -> drill.section(packed))
                .toList();
    }

    /** The period that an index names; empty when it names none. */
    static Optional<Period> period(JsonNode index) {
        try {
            return Optional.of(new Period(
                    LocalDate.parse(index.path("period").path("first").asString("")),
                    LocalDate.parse(index.path("period").path("last").asString(""))));
        } catch (DateTimeException | IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    /** The lines of the ledger together with what the index says of those before them; empty when they do not fit. */
    static Optional<Excerpt> excerpt(JsonNode index, List<String> lines) {
        JsonNode ledger = index.path("ledger");
        List<String> parts = ledger.path("partsBefore")
                .valueStream()
                .map(part -> part.asString(""))
                .toList();
        try {
            return parts.stream().allMatch(part -> part.matches("[0-9a-f]{64}"))
                    ? Optional.of(new Excerpt(ledger.path("linesBefore").asLong(-1), parts, lines))
                    : Optional.empty();
        } catch (IllegalArgumentException unfit) {
            return Optional.empty();
        }
    }

    static Map<String, String> declared(JsonNode index) {
        Map<String, String> declared = new TreeMap<>();
        index.path("runbooks")
                .propertyStream()
                .forEach(one -> declared.put(one.getKey(), one.getValue().asString("")));
        return declared;
    }
}
