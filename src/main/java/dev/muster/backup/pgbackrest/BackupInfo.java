package dev.muster.backup.pgbackrest;

import dev.muster.backup.log.Lsn;
import dev.muster.drill.Secret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What {@code backup.info} says: the backups that are complete, and the servers they are of.
 *
 * @param passphrase what the manifests of the backups are encrypted with
 */
record BackupInfo(Map<String, Entry> backups, Map<Integer, Cluster> clusters, Optional<Secret> passphrase) {
    static final String NAME = "backup.info";

    private static final Pattern LABEL = Pattern.compile("\\d{8}-\\d{6}F(_\\d{8}-\\d{6}[DI])?");
    private static final Pattern SEGMENT = Pattern.compile("[0-9A-F]{24}");
    private static final int HEX = 16;
    private static final int TIMELINE_DIGITS = 8;

    BackupInfo {
        backups = Collections.unmodifiableMap(new LinkedHashMap<>(backups));
        clusters = Map.copyOf(clusters);
    }

    /**
     * One backup.
     *
     * @param references the backups that hold what this one did not copy again
     * @param damagedPages whether pages failed their checksums while they were copied
     * @param firstSegment the segment of the log in which it begins; empty for a copy of a stopped server
     * @param lastSegment the segment in which it ends
     * @param start where the log has to be replayed from
     * @param end the position from which on it is consistent
     * @param bytes how many bytes it added to the repository
     */
    record Entry(
            String label,
            String type,
            int cluster,
            boolean damagedPages,
            List<String> references,
            String firstSegment,
            String lastSegment,
            Optional<Lsn> start,
            Optional<Lsn> end,
            Instant stopped,
            long bytes) {
        Entry {
            references = List.copyOf(references);
        }

        int timeline() {
            return (int) Long.parseLong(firstSegment.substring(0, TIMELINE_DIGITS), HEX);
        }
    }

    /** Whether this is how pgBackRest names a backup. */
    static boolean isLabel(String name) {
        return LABEL.matcher(name).matches();
    }

    static BackupInfo read(byte[] content) throws BadInfo {
        Map<String, Entry> backups = new LinkedHashMap<>();
        Map<Integer, Cluster> clusters = new TreeMap<>();
        List<Secret> passphrases = new ArrayList<>();
        InfoFile.read(content, (section, key, value) -> {
            switch (section) {
                case "backup:current" -> backups.put(key, entry(key, value));
                case "db:history" -> clusters.put(ArchiveInfo.number(key), cluster(value, "db-system-id"));
                case "cipher" -> passphrases.add(new Secret(value.asString("")));
                default -> {}
            }
        });
        return new BackupInfo(backups, clusters, passphrases.stream().findFirst());
    }

    static Cluster cluster(JsonNode value, String system) {
        return new Cluster(
                value.path("db-version").asString(""), value.path(system).asLong(0));
    }

    private static Entry entry(String label, JsonNode value) throws BadInfo {
        if (!isLabel(label)) {
            throw new BadInfo("lists a backup by a name that is none: " + label);
        }
        List<String> references = new ArrayList<>();
        for (JsonNode reference : value.path("backup-reference")) {
            references.add(reference.asString(""));
        }
        return new Entry(
                label,
                value.path("backup-type").asString(""),
                value.path("db-id").asInt(0),
                value.path("backup-error").asBoolean(false),
                references,
                segment(label, value.path("backup-archive-start").asString("")),
                segment(label, value.path("backup-archive-stop").asString("")),
                Lsn.read(value.path("backup-lsn-start").asString("")),
                Lsn.read(value.path("backup-lsn-stop").asString("")),
                Instant.ofEpochSecond(value.path("backup-timestamp-stop").asLong(0)),
                value.path("backup-info-repo-size-delta").asLong(0));
    }

    private static String segment(String label, String name) throws BadInfo {
        if (!name.isEmpty() && !SEGMENT.matcher(name).matches()) {
            throw new BadInfo("names a segment of the log for " + label + " that is none: " + name);
        }
        return name;
    }
}
