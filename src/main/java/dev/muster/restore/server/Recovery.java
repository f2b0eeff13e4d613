package dev.muster.restore.server;

import dev.muster.backup.Vaults;
import dev.muster.backup.log.LogRange;
import dev.muster.backup.log.LogSeal;
import dev.muster.backup.log.Lsn;
import dev.muster.backup.log.Segment;
import dev.muster.drill.BadBackup;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Finding;
import dev.muster.drill.LogSource;
import dev.muster.drill.Problem;
import dev.muster.drill.Reading;
import dev.muster.drill.RecoveryLog;
import dev.muster.drill.RecoveryTarget;
import dev.muster.drill.StoredObject;
import dev.muster.restore.sql.Dump;
import dev.muster.restore.work.Job;
import dev.muster.restore.work.Notes;
import dev.muster.scratch.Database;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Brings a restored base backup forward to its target, and says from the server's own words how far it came. */
public final class Recovery {
    private static final int SYSTEM_IDENTIFIER = 8;
    private static final List<String> OURS = List.of(
            "No space left",
            "Cannot allocate memory",
            "shared memory",
            "Permission denied",
            "could not bind",
            "could not create");

    private final Job job;
    private final Notes notes;
    private final LogRange needed;
    private final LogSeal seal;
    private final Vaults vaults;
    private final Optional<RecoveryLog> log;
    private final RecoveryGoal goal;
    private final Path data;
    private ServerLog said = new ServerLog();
    private Optional<Lsn> lastRecord = Optional.empty();

    public Recovery(Job job, Notes notes, LogRange needed, LogSeal seal, Vaults vaults, Instant disaster) {
        this.job = job;
        this.notes = notes;
        this.needed = needed;
        this.seal = seal;
        this.vaults = vaults;
        this.log = job.backup().log();
        RecoveryTarget target =
                job.backup().source().log().map(LogSource::target).orElse(RecoveryTarget.UP_TO_THE_DISASTER);
        this.goal = new RecoveryGoal(target, disaster);
        this.data = job.scratch().serverFolder();
    }

    /** Recovers, notes what was observed, and leaves a running server. */
    public void run() throws IOException, SQLException, BadBackup, InterruptedException {
        notes.observe("target", log.isPresent() ? goal.toString() : "the end of the backup, since there is no log");
        log.ifPresent(stretch -> {
            notes.observe("timeline followed", String.valueOf(stretch.timeline()));
            notes.observe(
                    "segments in the archive since the backup",
                    String.valueOf(stretch.segments().size()));
        });
        boolean wholeLog = recover();
        observe();
        demandBackupsEnd();
        if (log.isPresent()) {
            goal.demandReached(job, said, wholeLog);
            if (wholeLog) {
                demandWholeLog(log.get());
                notes.observe(
                        "first segment that is not in the archive", log.get().missing());
            }
            storedTooLate(log.get()).ifPresent(late -> notes.find(Finding.Severity.NOTE, late));
        }
        Instant proven = said.lastCommit()
                .orElseGet(() -> needed.ended().orElse(job.backup().object().lastModified()));
        notes.proves(Reading.of(
                proven,
                said.lastCommit().isPresent()
                        ? "commit time of the last transaction that recovery replayed, by the server's own log, at "
                                + position()
                        : "newest file of the backup: no transaction was in the log after it"));
        new PageCheck(job, notes).demandSound();
        Database database = job.scratch().startRecovered(job.postgres());
        notes.restoredInto(database);
        notes.observe("restored into", "PostgreSQL " + database.version() + ", database " + database.name());
        Dump.count(notes, database);
    }

    /** @return whether the log was replayed to its end and not only up to a target */
    private boolean recover() throws IOException, BadBackup, InterruptedException {
        if (log.isEmpty()) {
            attempt("false", Map.of("recovery_target_timeline", "current"));
            return true;
        }
        Map<String, String> toItsEnd =
                Map.of("recovery_target_timeline", String.valueOf(log.get().timeline()));
        Map<String, String> toTheTarget = new LinkedHashMap<>(goal.settings());
        toTheTarget.putAll(toItsEnd);
        LogDelivery delivery = new LogDelivery(job, log.get(), seal, vaults, systemIdentifier());
        try (LogFeed feed = new LogFeed(job, log.get(), delivery)) {
            try {
                if (!goal.isAfter(log.get()) && attempt(feed, toTheTarget)) {
                    return !goal.stopsEarly();
                }
                // Nothing was committed after the instant, but that shows only when the whole log is replayed.
                attempt(feed, toItsEnd);
                return true;
            } finally {
                notes.read(feed.reads());
                lastRecord = delivery.lastRecord();
            }
        }
    }

    private boolean attempt(LogFeed feed, Map<String, String> settings)
            throws IOException, BadBackup, InterruptedException {
        try {
            return attempt(LogFeed.COMMAND, settings);
        } catch (BadBackup | CouldNotRun e) {
            feed.demandNoFailure();
            throw e;
        }
    }

    /** @return false when the log ended before the disaster instant, which is no fault */
    private boolean attempt(String command, Map<String, String> target)
            throws IOException, BadBackup, InterruptedException {
        Map<String, String> settings = new LinkedHashMap<>(target);
        settings.put("restore_command", command);
        settings.put("recovery_target_action", "promote");
        Files.deleteIfExists(data.resolve("standby.signal"));
        Files.writeString(data.resolve("recovery.signal"), "");
        job.scratch().handOver(data.resolve("recovery.signal"));
        said = new ServerLog();
        int segments = log.map(stretch -> stretch.segments().size()).orElse(0);
        boolean ended = job.scratch().recover(job.postgres(), settings, line -> {
            said.hear(line);
            if (line.contains("restored log file")) {
                job.progress()
                        .advances(
                                "replay log",
                                Math.min(said.segments(), segments),
                                segments,
                                dev.muster.drill.Progress.Unit.ITEMS);
            }
        });
        if (ended) {
            return true;
        }
        if (said.died("recovery ended before configured recovery target was reached")) {
            if (goal.mayEndEarly() && log.filter(RecoveryLog::gap).isEmpty()) {
                return false;
            }
            throw new BadBackup(goal.notReached(said, missing()));
        }
        throw failed();
    }

    private BadBackup failed() {
        if (said.died("requested recovery stop point is before consistent recovery point")) {
            throw job.cannot(
                    "The target, " + goal + ", is before the end of the backup, at " + needed.end(),
                    "Choose an older backup with --backup database=NAME (muster backups lists the names), or a later"
                            + " target.");
        }
        if (said.died("could not locate required checkpoint record")
                || said.died("WAL ends before end of online backup")) {
            return new BadBackup(new Problem(
                    "The backup is not complete without the log up to " + needed.end() + ", and that is not there",
                    missing(),
                    log.isPresent()
                            ? "Look for it in a copy of the archive, or take a new base backup."
                            : "Say under `wal:` in the runbook where the log is archived, or let pg_basebackup include"
                                    + " it with --wal-method=stream."));
        }
        String last = said.fatal().isEmpty()
                ? "it ended without a word"
                : said.fatal().get(0);
        if (said.fatal().isEmpty() || OURS.stream().anyMatch(said::died)) {
            throw job.cannot(
                    "The server could not recover: " + last,
                    "Look after this machine's memory, disk and rights, then run the drill again.");
        }
        return job.bad("The server could not recover from this backup: " + last);
    }

    private void demandBackupsEnd() throws BadBackup {
        Optional<Lsn> reached = said.farthest();
        if (reached.filter(position -> position.compareTo(needed.start()) >= 0).isEmpty()) {
            throw job.bad("The recovery came to " + position() + ", which is before the backup's own log begins");
        }
    }

    /** A corrupt record ends recovery just as the log's end does, so its end has to be the one that is written there. */
    private void demandWholeLog(RecoveryLog stretch) throws BadBackup {
        StoredObject last = stretch.segments().get(stretch.segments().size() - 1);
        Lsn end = lastRecord.orElse(
                Segment.named(LogDelivery.name(last), stretch.segmentSize()).start());
        Optional<Lsn> reached = lastRecord.isPresent() ? said.done() : said.farthest();
        if (reached.filter(position -> position.compareTo(end) >= 0).isEmpty()) {
            Segment broken =
                    Segment.holding(said.farthest().orElse(needed.start()), stretch.timeline(), stretch.segmentSize());
            throw new BadBackup(new Problem(
                    "The segment " + broken.name() + " of the log is corrupt: nothing after " + position()
                            + " can be replayed, and it holds records up to " + end
                            + said.broken().map(why -> " (" + why + ")").orElse(""),
                    where(stretch, broken.name()),
                    "Look for a sound one in a copy of the archive or in pg_wal of the server, else take a new base"
                            + " backup now: until then nothing committed later can be recovered."));
        }
    }

    /** What was only stored after the disaster would not have been there to recover from. */
    private Optional<Problem> storedTooLate(RecoveryLog stretch) {
        List<StoredObject> replayed = stretch.segments().stream()
                .filter(segment -> said.lastSegment()
                        .filter(last -> LogDelivery.name(segment).substring(8).compareTo(last.substring(8)) <= 0)
                        .isPresent())
                .toList();
        return goal.storedAfter(replayed)
                .map(first -> new Problem(
                        "The segment " + LogDelivery.name(first) + " was stored at " + first.lastModified() + ", after "
                                + goal + ": had production vanished then, what is in it and after it would have been"
                                + " lost",
                        first.address(),
                        "For a true loss of the site, count from the instant at which the segment before it was"
                                + " stored; a shorter archive_timeout of the server, or streaming of the log, makes that"
                                + " loss smaller."));
    }

    private void observe() {
        notes.observe(
                "last transaction replayed",
                said.lastCommit().map(Instant::toString).orElse("none"));
        said.leftOut().ifPresent(time -> notes.observe("first transaction left out", time.toString()));
        said.stopping().ifPresent(words -> notes.observe("recovery ended by", words));
        notes.observe("last position replayed", position());
        notes.observe("segments replayed", String.valueOf(said.segments()));
        said.lastSegment().ifPresent(segment -> notes.observe("last segment replayed", segment));
        said.timeline().ifPresent(id -> notes.observe("new timeline", id));
    }

    private String position() {
        return said.done().map(Lsn::toString).orElse("no position");
    }

    private String missing() {
        return log.map(stretch -> where(stretch, stretch.missing())).orElse(job.address());
    }

    private String where(RecoveryLog stretch, String name) {
        return stretch.segments().stream()
                .filter(segment -> LogDelivery.name(segment).equals(name))
                .map(StoredObject::address)
                .findFirst()
                .orElse("s3://" + job.backup().object().bucket() + "/"
                        + job.backup().source().log().map(LogSource::prefix).orElse("") + name);
    }

    private long systemIdentifier() throws IOException {
        try (InputStream in = Files.newInputStream(data.resolve("global/pg_control"))) {
            return ByteBuffer.wrap(in.readNBytes(SYSTEM_IDENTIFIER))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .getLong();
        }
    }
}
