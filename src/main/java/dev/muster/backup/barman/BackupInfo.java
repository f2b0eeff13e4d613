package dev.muster.backup.barman;

import dev.muster.backup.format.BadManifest;
import dev.muster.backup.log.LogRange;
import dev.muster.backup.log.Lsn;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What Barman's tools write about a backup when it has ended: lines of a key and a value. Keys that this does not know
 * are no fault, newer versions have more of them.
 */
public final class BackupInfo {
    /** The object's name. */
    public static final String NAME = "backup.info";

    private static final long USUAL_SEGMENT = 16 << 20;
    /** A name in quotes, an identifier and a place: names may hold whatever they like. */
    private static final Pattern TABLESPACE =
            Pattern.compile("\\((?:'(?:[^'\\\\]|\\\\.)*+'|\"(?:[^\"\\\\]|\\\\.)*+\"), (\\d{1,10}), ");

    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .optionalStart()
            .appendOffset("+HH:mm:ss", "+00:00")
            .optionalEnd()
            .toFormatter(Locale.ROOT);

    private final Map<String, String> values;

    private BackupInfo(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    public static BackupInfo read(byte[] content) throws BadManifest {
        Map<String, String> values = new HashMap<>();
        for (String line : new String(content, StandardCharsets.UTF_8).lines().toList()) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                values.put(
                        line.substring(0, equals).strip(),
                        line.substring(equals + 1).strip());
            }
        }
        if (!values.containsKey("status")) {
            throw new BadManifest("Its " + NAME + " is cut off or none of Barman: it holds no status");
        }
        return new BackupInfo(values);
    }

    /** Why the backup was not brought to its end, as a sentence without its full stop; absent when it was. */
    public Optional<String> unfinished() {
        String status = text("status").orElse("None");
        if (status.equals("DONE")) {
            return Optional.empty();
        }
        return Optional.of("It is not complete: its " + NAME + " says " + status
                + text("error").map(error -> ", because of " + error).orElse(""));
    }

    /** Whether it is a snapshot of disks, of which no vault holds the bytes. */
    public boolean isSnapshot() {
        return text("snapshots_info").isPresent();
    }

    /** When it ended, by a clock of this zone where it does not say which. */
    public Optional<Instant> ended(ZoneId zone) {
        return text("end_time").flatMap(time -> instant(time, zone));
    }

    /** What it calls itself besides the name of its folder. */
    public Optional<String> name() {
        return text("backup_name");
    }

    public LogRange log(ZoneId zone) throws BadManifest {
        return new LogRange(timeline(), position("begin_xlog"), position("end_xlog"), ended(zone));
    }

    public long segmentSize() {
        return text("xlog_segment_size")
                .filter(size -> size.matches("\\d{7,10}"))
                .map(Long::parseLong)
                .filter(size -> Long.bitCount(size) == 1)
                .orElse(USUAL_SEGMENT);
    }

    /** The identifiers of the server's tablespaces. */
    public List<String> tablespaces() {
        return text("tablespaces").stream()
                .flatMap(list -> TABLESPACE.matcher(list).results())
                .map(found -> found.group(1))
                .toList();
    }

    /** The identifier of the server's data folder. */
    public Optional<String> system() {
        return text("systemid");
    }

    private int timeline() throws BadManifest {
        String timeline = text("timeline").orElse("");
        if (!timeline.matches("\\d{1,9}")) {
            throw lacks("timeline");
        }
        return Integer.parseInt(timeline);
    }

    private Lsn position(String key) throws BadManifest {
        return text(key).flatMap(Lsn::read).orElseThrow(() -> lacks(key));
    }

    private static BadManifest lacks(String key) {
        return new BadManifest("Its " + NAME + " does not say which log it needs: " + key + " is missing");
    }

    private Optional<String> text(String key) {
        return Optional.ofNullable(values.get(key)).filter(value -> !value.isEmpty() && !value.equals("None"));
    }

    private static Optional<Instant> instant(String time, ZoneId zone) {
        try {
            TemporalAccessor read = TIME.parseBest(time, ZonedDateTime::from, LocalDateTime::from);
            return Optional.of(
                    read instanceof ZonedDateTime zoned
                            ? zoned.toInstant()
                            : LocalDateTime.from(read).atZone(zone).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
