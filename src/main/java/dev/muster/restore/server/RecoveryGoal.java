package dev.muster.restore.server;

import dev.muster.backup.log.Lsn;
import dev.muster.drill.BadBackup;
import dev.muster.drill.Problem;
import dev.muster.drill.RecoveryLog;
import dev.muster.drill.RecoveryTarget;
import dev.muster.drill.StoredObject;
import dev.muster.restore.work.Job;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How far a recovery is to go, as the server is told and as it is judged afterwards. */
record RecoveryGoal(RecoveryTarget target, Instant disaster) {
    /** PostgreSQL 15 refuses the T and the Z of ISO 8601. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd HH:mm:ss.SSSSSS'+00'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        switch (target.kind()) {
            case DISASTER, TIME ->
                settings.put("recovery_target_time", TIME.format(instant().orElseThrow()));
            case LSN -> settings.put("recovery_target_lsn", target.value());
            case XID -> settings.put("recovery_target_xid", target.value());
            case NAME -> settings.put("recovery_target_name", target.value());
            case LATEST -> {}
        }
        return settings;
    }

    /** Whether the log's end before the target is no fault: what was lost since then is measured. */
    boolean mayEndEarly() {
        return target.kind() == RecoveryTarget.Kind.DISASTER;
    }

    /** Whether all of the log was stored before the disaster, so that it is wanted whole. */
    boolean isAfter(RecoveryLog log) {
        // Vaults tell whole seconds.
        return mayEndEarly()
                && log.segments().stream()
                        .allMatch(
                                segment -> segment.lastModified().plusSeconds(1).isBefore(disaster));
    }

    /** The first of these segments that was not in the vault yet at the disaster instant. */
    Optional<StoredObject> storedAfter(List<StoredObject> segments) {
        return mayEndEarly()
                ? segments.stream()
                        .filter(segment -> segment.lastModified().isAfter(disaster))
                        .findFirst()
                : Optional.empty();
    }

    /** Whether the server was told to stop before the log's end. */
    boolean stopsEarly() {
        return target.kind() != RecoveryTarget.Kind.LATEST;
    }

    /** Demands both sides: what was committed before the target is there, what was committed after it is not. */
    void demandReached(Job job, ServerLog said, boolean wholeLog) throws BadBackup {
        Optional<Instant> late = instant().flatMap(limit -> said.lastCommit().filter(commit -> commit.isAfter(limit)));
        if (late.isPresent()) {
            throw job.bad("The recovery went too far: a transaction of " + late.get() + " is there, after " + this);
        }
        if (!wholeLog && said.stopping().isEmpty()) {
            throw job.bad("The server did not say that it stopped at " + this);
        }
        Optional<Instant> early = instant().flatMap(limit -> said.leftOut().filter(first -> !first.isAfter(limit)));
        if (early.isPresent()) {
            throw job.bad(
                    "The recovery stopped too early: a transaction of " + early.get() + " is left out, before " + this);
        }
        Optional<Lsn> wanted = target.kind() == RecoveryTarget.Kind.LSN ? Lsn.read(target.value()) : Optional.empty();
        if (wanted.isPresent()
                && said.farthest()
                        .filter(done -> done.compareTo(wanted.get()) >= 0)
                        .isEmpty()) {
            throw job.bad("The recovery stopped too early: it came to "
                    + said.farthest().map(Lsn::toString).orElse("nowhere") + ", not to " + this);
        }
    }

    Problem notReached(ServerLog said, String missing) {
        return new Problem(
                "The archived log ends before " + this + ": it was replayed to "
                        + said.done().map(Lsn::toString).orElse("its end")
                        + said.lastCommit()
                                .map(time -> ", the last transaction is of " + time)
                                .orElse("")
                        + said.broken().map(why -> " (" + why + ")").orElse(""),
                missing,
                "The segment named here is the first that is not there. Look for it in pg_wal of the server or in a copy"
                        + " of the archive, or choose an earlier target; `--set backups.database.target=latest` takes"
                        + " all that there is.");
    }

    @Override
    public String toString() {
        return switch (target.kind()) {
            case DISASTER -> "the disaster instant " + disaster;
            case TIME -> "the instant " + target.value();
            case LSN -> "the position " + target.value();
            case XID -> "the transaction " + target.value();
            case NAME -> "the restore point " + target.value();
            case LATEST -> "the end of the log";
        };
    }

    private Optional<Instant> instant() {
        return switch (target.kind()) {
            case DISASTER -> Optional.of(disaster);
            case TIME -> Optional.of(Instant.parse(target.value()));
            case LSN, XID, NAME, LATEST -> Optional.empty();
        };
    }
}
