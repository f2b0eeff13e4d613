package dev.muster.backup.walg;

import dev.muster.backup.format.BadManifest;
import dev.muster.backup.log.LogRange;
import dev.muster.backup.log.Lsn;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What WAL-G writes last, when all else of a backup is stored.
 *
 * @param start where the log has to be replayed from
 * @param end the position from which on the backup is consistent
 * @param from the backup that this one holds only the changes to; absent when it holds everything
 * @param tablespaces the identifiers of the server's tablespaces
 * @param listsFiles whether there has to be a list of the backup's files
 * @param ended when the backup ended; only newer versions of WAL-G say it here
 */
public record Sentinel(
        Lsn start,
        Lsn end,
        Optional<String> from,
        List<String> tablespaces,
        boolean listsFiles,
        Optional<Instant> ended) {
    /** What follows a backup's name in the name of its sentinel. */
    public static final String SUFFIX = "_backup_stop_sentinel.json";

    private static final int WITH_LIST_OF_FILES = 2;

    public Sentinel {
        tablespaces = List.copyOf(tablespaces);
    }

    public static Sentinel read(byte[] content) throws BadManifest {
        JsonNode root = json(content, "sentinel");
        return new Sentinel(
                position(root, "LSN"),
                position(root, "FinishLSN"),
                text(root, "DeltaFrom"),
                tablespaces(root),
                root.path("Version").asInt(1) >= WITH_LIST_OF_FILES
                        && !root.path("FilesMetadataDisabled").asBoolean(false),
                time(root, "FinishTime"));
    }

    /** The log that a backup of this name needs; the name begins with the timeline. */
    public LogRange log(BackupName name, Optional<Instant> finished) {
        return new LogRange(name.timeline(), start, end, finished.or(() -> ended));
    }

    /** When a backup ended by its {@code metadata.json}. */
    static Optional<Instant> finished(byte[] metadata) throws BadManifest {
        return time(json(metadata, "metadata.json"), "finish_time");
    }

    private static JsonNode json(byte[] content, String what) throws BadManifest {
        try {
            JsonNode root = JsonMapper.shared().readTree(content);
            if (root.isObject()) {
                return root;
            }
        } catch (JacksonException e) {
            throw new BadManifest("Its " + what + " is cut off or no JSON at all", e);
        }
        throw new BadManifest("Its " + what + " is none of WAL-G");
    }

    private static List<String> tablespaces(JsonNode root) {
        List<String> names = new ArrayList<>();
        JsonNode spec = root.path("Spec").isObject() ? root.path("Spec") : root.path("spec");
        for (JsonNode name : spec.path("tablespaces")) {
            names.add(name.asString(""));
        }
        return names;
    }

    private static Lsn position(JsonNode root, String key) throws BadManifest {
        JsonNode value = root.path(key);
        if (!value.isIntegralNumber() || value.bigIntegerValue().signum() <= 0) {
            throw new BadManifest("Its sentinel does not say which log it needs: " + key + " is missing");
        }
        return new Lsn(value.bigIntegerValue().longValue());
    }

    private static Optional<String> text(JsonNode root, String key) {
        return Optional.of(root.path(key).asString("")).filter(value -> !value.isEmpty());
    }

    private static Optional<Instant> time(JsonNode root, String key) {
        try {
            return text(root, key).map(time -> OffsetDateTime.parse(time).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
