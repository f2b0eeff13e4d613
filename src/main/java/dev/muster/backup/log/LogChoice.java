package dev.muster.backup.log;

import dev.muster.backup.bucket.Unreadable;
import dev.muster.backup.bucket.Vault;
import dev.muster.backup.bucket.Workers;
import dev.muster.drill.BadBackup;
import dev.muster.drill.LogSource;
import dev.muster.drill.Problem;
import dev.muster.drill.RecoveryLog;
import dev.muster.drill.StoredObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Chooses the log that a base backup is recovered with, and refuses one that cannot reach its target. */
public final class LogChoice {
    private final Vault vault;
    private final Workers workers;
    private final LogSource source;
    private final LogSeal seal;
    private final Instant disaster;

    public LogChoice(Vault vault, Workers workers, LogSource source, LogSeal seal, Instant disaster) {
        this.vault = vault;
        this.workers = workers;
        this.source = source;
        this.seal = seal;
        this.disaster = disaster;
    }

    public RecoveryLog following(LogRange backup) throws BadBackup, Unreadable, InterruptedException {
        LogArchive archive = workers.run(() -> new LogArchive(vault.list(source.prefix())));
        LogSearch search = new LogSearch(vault, archive, seal, backup, source.target(), disaster);
        RecoveryLog log = workers.await(workers.start(search::find));
        if (log.segments().isEmpty()) {
            throw lacks(
                    log,
                    "The archived log lacks the segment " + log.first() + " in which the backup begins",
                    "Check whether archive_command of the server writes there, and `wal.prefix` if the runbook has it.");
        }
        demandOneOfEach(log, archive);
        if (log.gap() && needed(log)) {
            throw lacks(
                    log,
                    "The archived log lacks " + log.missing() + ", though there is more after it",
                    "Look for it in a copy of the archive or in pg_wal of the server, else take a new base backup now."
                            + " Until then nothing after " + newest(log).name() + ", stored at "
                            + newest(log).lastModified()
                            + ", can be recovered: drill up to there with --at.");
        }
        return log;
    }

    /** Two archived files of one segment say two different things, and nobody knows which one is right. */
    private void demandOneOfEach(RecoveryLog log, LogArchive archive) throws BadBackup {
        for (StoredObject segment : log.segments()) {
            Optional<StoredObject> other = archive.contradicting(segment);
            if (other.isPresent()) {
                throw new BadBackup(
                        new Problem(
                                "The archived log has the segment " + LogArchive.file(segment)
                                        + " twice, with different content",
                                segment.address() + " and " + other.get().address(),
                                "Two servers archived into the same place, as after a failover without a new timeline. Find out"
                                        + " which one is production, move the other's segment away, and take a new backup now."));
            }
        }
    }

    /** A segment is stored once it is full: where the one before was there in time, the target lies beyond the gap. */
    private boolean needed(RecoveryLog log) {
        return switch (source.target().kind()) {
            case DISASTER -> storedBefore(log, disaster);
            case TIME -> storedBefore(log, Instant.parse(source.target().value()));
            case LSN ->
                log.missing().endsWith(".history")
                        || Lsn.read(source.target().value())
                                .filter(target -> target.compareTo(start(log)) < 0)
                                .isEmpty();
            case XID, NAME, LATEST -> true;
        };
    }

    private static boolean storedBefore(RecoveryLog log, Instant instant) {
        // Vaults tell whole seconds; where that leaves a doubt, the recovery finds out.
        return !newest(log).lastModified().plusSeconds(1).isAfter(instant);
    }

    private static Lsn start(RecoveryLog log) {
        return Segment.named(log.missing(), log.segmentSize()).start();
    }

    private static StoredObject newest(RecoveryLog log) {
        List<StoredObject> segments = log.segments();
        return segments.get(segments.size() - 1);
    }

    private BadBackup lacks(RecoveryLog log, String what, String remedy) {
        return new BadBackup(new Problem(what, vault.place(source.prefix() + log.missing()), remedy));
    }
}
