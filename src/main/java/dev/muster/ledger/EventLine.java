package dev.muster.ledger;

import dev.muster.drill.EventKind;
import dev.muster.drill.LedgerEvent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How an event is written as one line: JSON without spaces, keys in alphabetical order. */
final class EventLine {
    static final String BEFORE_THE_FIRST = "0".repeat(64);

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private EventLine() {}

    static LedgerEvent event(
            long sequence, Instant at, EventKind kind, String drill, Map<String, String> details, String previous) {
        LedgerEvent unsealed = new LedgerEvent(sequence, at, kind, drill, details, previous, "");
        return new LedgerEvent(
                sequence,
                at,
                kind,
                drill,
                details,
                previous,
                digest(format(unsealed).getBytes(StandardCharsets.UTF_8)));
    }

    static String format(LedgerEvent event) {
        Map<String, Object> line = new TreeMap<>();
        line.put("at", event.at().toString());
        line.put("details", event.details());
        line.put("drill", event.drill());
        line.put("kind", event.kind().name());
        line.put("previous", event.previous());
        line.put("sequence", event.sequence());
        return JSON.writeValueAsString(line);
    }

    /**
     * The lines of a kind that have these details. They are looked for as text: a quote within a value is never written
     * without a backslash, so that what is found is what was meant, and nothing has to be read that is not wanted.
     */
    static List<byte[]> with(List<byte[]> lines, EventKind kind, Map<String, String> details) {
        List<String> texts = new ArrayList<>(List.of("\"kind\":" + JSON.writeValueAsString(kind.name())));
        details.forEach(
                (name, value) -> texts.add(JSON.writeValueAsString(name) + ":" + JSON.writeValueAsString(value)));
        return lines.stream()
                .filter(line -> {
                    String text = new String(line, StandardCharsets.UTF_8);
                    return texts.stream().allMatch(text::contains);
                })
                .toList();
    }

    /** Reads a line; empty when it is not exactly what {@link #format} would write. */
    static Optional<LedgerEvent> parse(byte[] line) {
        try {
            JsonNode node = JSON.readTree(line);
            Map<String, String> details = new TreeMap<>();
            for (Map.Entry<String, JsonNode> detail : node.required("details").properties()) {
                details.put(detail.getKey(), detail.getValue().stringValue());
            }
            LedgerEvent event = new LedgerEvent(
                    node.required("sequence").longValue(),
                    Instant.parse(node.required("at").stringValue()),
                    EventKind.valueOf(node.required("kind").stringValue()),
                    node.required("drill").stringValue(),
                    details,
                    node.required("previous").stringValue(),
                    digest(line));
            boolean canonical = Arrays.equals(format(event).getBytes(StandardCharsets.UTF_8), line);
            return Optional.of(event).filter(read -> canonical);
        } catch (JacksonException | DateTimeException | IllegalArgumentException noEvent) {
            return Optional.empty();
        }
    }

    static String digest(byte[] line) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(line));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
