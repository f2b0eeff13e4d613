package dev.muster.backup.format;

import dev.muster.backup.log.LogRange;
import dev.muster.backup.log.Lsn;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code pg_basebackup} writes about a backup when it is whole: every file with its digest, and the stretch of
 * write-ahead log without which it is worth nothing.
 *
 * @param timeline the timeline on which the backup ended
 * @param start where the log has to be replayed from
 * @param end the position from which on the backup is consistent
 */
public record BackupManifest(List<Entry> files, int timeline, Lsn start, Lsn end) {
    /** The object's name. */
    public static final String NAME = "backup_manifest";

    private static final byte[] LAST_LINE = "\"Manifest-Checksum\"".getBytes(StandardCharsets.US_ASCII);
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd HH:mm:ss 'GMT'")
            .toFormatter(Locale.ROOT)
            .withZone(java.time.ZoneOffset.UTC);

    public BackupManifest {
        files = List.copyOf(files);
    }

    /**
     * A file of the backup.
     *
     * @param algorithm how its digest was made; {@code NONE} when there is none
     */
    public record Entry(String path, long size, Optional<Instant> modified, String algorithm, String checksum) {}

    /** Reads a whole manifest and demands that it is unaltered. */
    public static BackupManifest read(byte[] content) throws BadManifest {
        JsonNode root;
        try {
            root = JsonMapper.shared().readTree(content);
        } catch (JacksonException e) {
            throw new BadManifest("Its backup_manifest is cut off or no manifest at all", e);
        }
        if (!root.path("Files").isArray() || !root.path("WAL-Ranges").isArray()) {
            throw new BadManifest("Its backup_manifest is none of PostgreSQL");
        }
        demandUnaltered(content, root.path("Manifest-Checksum").asString(""));
        List<Entry> files = new ArrayList<>();
        for (JsonNode file : root.path("Files")) {
            files.add(new Entry(
                    path(file),
                    file.path("Size").asLong(0),
                    time(file.path("Last-Modified").asString("")),
                    file.path("Checksum-Algorithm").asString("NONE"),
                    file.path("Checksum").asString("").toLowerCase(Locale.ROOT)));
        }
        JsonNode ranges = root.path("WAL-Ranges");
        // The timeline on which it ended comes first, the one on which it began last.
        return new BackupManifest(
                files,
                ranges.path(0).path("Timeline").asInt(1),
                position(ranges.path(ranges.size() - 1), "Start-LSN"),
                position(ranges.path(0), "End-LSN"));
    }

    /** Whether the backup holds only what has changed since another one. */
    public boolean incremental() {
        return files.stream()
                .anyMatch(file ->
                        file.path().startsWith("INCREMENTAL.") || file.path().contains("/INCREMENTAL."));
    }

    /** The log that the backup needs. */
    public LogRange log() {
        return new LogRange(timeline, start, end, newest());
    }

    /** When the newest of its files was written: the backup went on at least until then. */
    public Optional<Instant> newest() {
        return files.stream().flatMap(file -> file.modified().stream()).max(Instant::compareTo);
    }

    private static void demandUnaltered(byte[] content, String declared) throws BadManifest {
        int last = lastLine(content);
        if (last < 0 || declared.isEmpty()) {
            throw new BadManifest("Its backup_manifest lacks the checksum that ends it");
        }
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        digest.update(content, 0, last);
        if (!HexFormat.of().formatHex(digest.digest()).equalsIgnoreCase(declared)) {
            throw new BadManifest("Its backup_manifest was altered: its own checksum differs");
        }
    }

    private static int lastLine(byte[] content) {
        for (int at = content.length - LAST_LINE.length; at >= 0; at--) {
            if (java.util.Arrays.equals(content, at, at + LAST_LINE.length, LAST_LINE, 0, LAST_LINE.length)) {
                return at;
            }
        }
        return -1;
    }

    private static String path(JsonNode file) throws BadManifest {
        if (file.path("Path").isString()) {
            return file.path("Path").stringValue();
        }
        try {
            byte[] name = HexFormat.of().parseHex(file.path("Encoded-Path").asString(""));
            return new String(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new BadManifest("Its backup_manifest names a file in a way that cannot be read", e);
        }
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(TIME.parse(text, Instant::from));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Lsn position(JsonNode range, String key) throws BadManifest {
        return Lsn.read(range.path(key).asString(""))
                .orElseThrow(() -> new BadManifest("Its backup_manifest does not say which log it needs"));
    }
}
