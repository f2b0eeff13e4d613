package dev.muster.backup.restic;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A snapshot as restic tells of it.
 *
 * @param time when it was begun
 * @param paths what was backed up, as absolute paths
 */
public record Snapshot(String id, Instant time, String host, List<String> paths, List<String> tags) {
    private static final int SHORT = 8;

    public Snapshot {
        paths = List.copyOf(paths);
        tags = List.copyOf(tags);
    }

    /** Reads what {@code restic snapshots --json} writes; none when it is something else. */
    public static List<Snapshot> read(String json) {
        List<Snapshot> snapshots = new ArrayList<>();
        try {
            for (JsonNode node : JsonMapper.shared().readTree(json)) {
                snapshots.add(new Snapshot(
                        node.path("id").asString(""),
                        OffsetDateTime.parse(node.path("time").asString("")).toInstant(),
                        node.path("hostname").asString(""),
                        texts(node.path("paths")),
                        texts(node.path("tags"))));
            }
        } catch (JacksonException | DateTimeException e) {
            return List.of();
        }
        return snapshots;
    }

    /** The beginning of its name, by which people call it. */
    public String shortId() {
        return id.substring(0, Math.min(SHORT, id.length()));
    }

    /** What was backed up where, in words. */
    String words() {
        return String.join(", ", paths) + " on " + host + (tags.isEmpty() ? "" : ", tagged " + String.join(", ", tags));
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(one -> texts.add(one.asString("")));
        return texts;
    }
}
