package dev.muster.evidence.report;

import dev.muster.drill.ObjectRead;
import dev.muster.evidence.record.WrittenRecord;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Objects that were read in such numbers that a report can only sum them up; the record has each of them. */
final class Crowds {
    private static final int MOST_SHOWN = 20;

    private final ObjectNode shown;
    private final List<Map<String, Object>> crowds = new ArrayList<>();

    private Crowds(ObjectNode shown) {
        this.shown = shown;
    }

    static Crowds of(WrittenRecord record, LocalWriting writing) {
        Map<String, List<JsonNode>> byAsset = new LinkedHashMap<>();
        for (JsonNode object : record.objectsRead()) {
            byAsset.computeIfAbsent(object.path("asset").asString(""), asset -> new ArrayList<>())
                    .add(object);
        }
        ObjectNode shown = copy(record.document());
        ObjectNode point = copy(record.recoveryPoint());
        shown.set("recoveryPoint", point);
        Crowds crowds = new Crowds(shown);
        ArrayNode few = point.putArray("objectsRead");
        byAsset.forEach((asset, objects) -> {
            if (objects.size() <= MOST_SHOWN) {
                few.addAll(objects);
            } else {
                crowds.crowds.add(crowd(asset, objects, writing));
            }
        });
        return crowds;
    }

    private static ObjectNode copy(JsonNode object) {
        ObjectNode copy = object.asObject().objectNode();
        object.properties().forEach(entry -> copy.set(entry.getKey(), entry.getValue()));
        return copy;
    }

    /** The document without what is summed up. */
    JsonNode shown() {
        return shown;
    }

    /** One sum for each asset of which there are too many objects to show. */
    List<Map<String, Object>> sums() {
        return List.copyOf(crowds);
    }

    private static Map<String, Object> crowd(String asset, List<JsonNode> objects, LocalWriting writing) {
        Map<String, Object> crowd = new LinkedHashMap<>();
        crowd.put("asset", asset);
        crowd.put("objects", objects.size());
        crowd.put(
                "bytes",
                writing.size(objects.stream()
                        .mapToLong(one -> one.path("bytes").asLong(0))
                        .sum()));
        crowd.put("unchanged", count(objects, one -> one.path("unchanged").asBoolean(false)));
        crowd.put(
                "unprotected",
                count(objects, one -> one.path("protection").asString("").startsWith(ObjectRead.UNPROTECTED)));
        crowd.put("digest", digest(objects));
        return crowd;
    }

    private static long count(List<JsonNode> objects, Predicate<JsonNode> which) {
        return objects.stream().filter(which).count();
    }

    /** As {@code sha256sum} makes it of the sorted lines of digest and address. */
    private static String digest(List<JsonNode> objects) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            objects.stream()
                    .map(one -> one.path("sha256").asString("") + "  "
                            + one.path("before").path("address").asString("") + "\n")
                    .sorted()
                    .forEach(line -> digest.update(line.getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
