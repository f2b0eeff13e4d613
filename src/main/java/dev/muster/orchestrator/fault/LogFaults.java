package dev.muster.orchestrator.fault;

import dev.muster.drill.Asset;
import dev.muster.drill.Backup;
import dev.muster.drill.BackupFormat;
import dev.muster.drill.Fault;
import dev.muster.drill.RecoveryLog;
import dev.muster.drill.StoredObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Faults of the write-ahead log that follows a backup. */
final class LogFaults {
    private static final Pattern OF_PGBACKREST = Pattern.compile("[0-9A-F]{24}-[0-9a-f]{40}.*");
    private static final Set<String> MEANT = Set.of("restore: database", "recovered-to-target");

    private LogFaults() {}

    static List<Injection> of(BackupFormat format) {
        return format == BackupFormat.PGBACKREST ? List.of(outOfRepository()) : List.of(outOfArchive());
    }

    private static Fault fault() {
        return new Fault(
                "log-segment-missing",
                "A segment in the middle of the write-ahead log is not there.",
                Fault.Kind.OBJECTS,
                MEANT);
    }

    private static Injection outOfArchive() {
        return new Injection.IntoLog(fault(), (backup, ground) -> {
            List<StoredObject> segments =
                    backup.log().map(RecoveryLog::segments).orElse(List.of());
            if (segments.size() < 2) {
                throw new NotApplicable("no log of at least two segments follows the backup");
            }
            RecoveryLog log = backup.log().orElseThrow();
            int gone = segments.size() / 2;
            return new Backup(
                    backup.asset(),
                    backup.source(),
                    backup.object(),
                    backup.claimed(),
                    backup.base(),
                    backup.parts(),
                    Optional.of(new RecoveryLog(
                            log.timeline(),
                            log.first(),
                            log.histories(),
                            segments.subList(0, gone),
                            segments.get(gone).name().substring(0, 24),
                            true,
                            log.segmentSize(),
                            log.digests())));
        });
    }

    private static Injection outOfRepository() {
        return new Injection.IntoObjects(fault(), Asset.DATABASE, (objects, ground) -> {
            List<Path> segments = objects.all().stream()
                    .filter(file ->
                            OF_PGBACKREST.matcher(file.getFileName().toString()).matches())
                    .toList();
            if (segments.size() < 2) {
                throw new NotApplicable("no log of at least two segments follows the backup");
            }
            Path gone = segments.get(segments.size() / 2);
            Files.delete(gone);
            return objects.name(gone) + " taken away";
        });
    }
}
