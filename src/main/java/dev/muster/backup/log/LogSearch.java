package dev.muster.backup.log;

import dev.muster.backup.bucket.Unreadable;
import dev.muster.backup.bucket.Vault;
import dev.muster.backup.format.Compression;
import dev.muster.backup.format.VaultProbe;
import dev.muster.drill.RecoveryLog;
import dev.muster.drill.RecoveryTarget;
import dev.muster.drill.StoredObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Finds in an archive the stretch of log that follows a base backup, by the listing and a few bytes. */
final class LogSearch {
    private static final long USUAL_SIZE = 16 << 20;
    private static final int LARGEST_HISTORY = 1 << 20;

    private final Vault vault;
    private final LogArchive archive;
    private final LogSeal seal;
    private final LogRange backup;
    /** What was stored after this instant was not there yet when production vanished. */
    private final Optional<Instant> until;

    LogSearch(Vault vault, LogArchive archive, LogSeal seal, LogRange backup, RecoveryTarget target, Instant disaster) {
        this.vault = vault;
        this.archive = archive;
        this.seal = seal;
        this.backup = backup;
        this.until = switch (target.kind()) {
            case DISASTER -> Optional.of(disaster);
            case TIME -> Optional.of(Instant.parse(target.value()));
            case LSN, XID, NAME, LATEST -> Optional.empty();
        };
    }

    RecoveryLog find() throws Unreadable, InterruptedException {
        long size = segmentSize();
        TimelineHistory way = way();
        Segment start = Segment.holding(backup.start(), backup.timeline(), size);
        long last = archive.segments().stream()
                .map(name -> Segment.named(name, size))
                .filter(segment -> segment.timeline() == way.at(segment.number(), size))
                .mapToLong(Segment::number)
                .max()
                .orElse(-1);
        List<StoredObject> segments = new ArrayList<>();
        Segment next = start.on(way.at(start.number(), size));
        Optional<StoredObject> there = archive.segment(next.name());
        while (there.isPresent()) {
            segments.add(there.get());
            next = next.next();
            next = next.on(way.at(next.number(), size));
            there = archive.segment(next.name());
        }
        Optional<String> lostHistory = lostHistory(size);
        return new RecoveryLog(
                way.timeline(),
                start.name(),
                archive.histories(),
                segments,
                lostHistory.orElse(next.name()),
                lostHistory.isPresent() || last > next.number(),
                size,
                archive.digests());
    }

    /** The newest timeline that leads on from the backup and was there in time. */
    private TimelineHistory way() throws Unreadable, InterruptedException {
        TimelineHistory way = TimelineHistory.first(backup.timeline());
        if (backup.timeline() > 1) {
            Optional<StoredObject> own = archive.history(backup.timeline());
            way = own.isPresent() ? read(backup.timeline(), own.get()) : way;
        }
        for (StoredObject object : archive.histories()) {
            int timeline = Integer.parseUnsignedInt(object.name().substring(0, 8), 16);
            if (timeline > way.timeline() && inTime(object)) {
                TimelineHistory other = read(timeline, object);
                way = other.leadsOnFrom(backup.timeline(), backup.end()) ? other : way;
            }
        }
        return way;
    }

    /** Segments of a later timeline, but no word of where it left the earlier one. */
    private Optional<String> lostHistory(long size) {
        TreeSet<Integer> timelines = new TreeSet<>();
        for (String name : archive.segments()) {
            int timeline = Segment.named(name, size).timeline();
            if (timeline > backup.timeline()
                    && archive.segment(name).filter(this::inTime).isPresent()) {
                timelines.add(timeline);
            }
        }
        return timelines.stream()
                .filter(timeline -> archive.history(timeline).isEmpty())
                .map(TimelineHistory::name)
                .findFirst();
    }

    /** Vaults tell whole seconds: what was stored in the very second of the disaster may have come after it. */
    private boolean inTime(StoredObject object) {
        return until.map(instant -> !object.lastModified().plusSeconds(1).isAfter(instant))
                .orElse(true);
    }

    private TimelineHistory read(int timeline, StoredObject object) throws Unreadable, InterruptedException {
        byte[] bytes = seal.beginning(vault.read(object, 0, LARGEST_HISTORY));
        return TimelineHistory.read(
                timeline, new String(Compression.of(object.name(), bytes).beginning(bytes), StandardCharsets.UTF_8));
    }

    private long segmentSize() throws Unreadable, InterruptedException {
        String likely =
                Segment.holding(backup.start(), backup.timeline(), USUAL_SIZE).name();
        Optional<StoredObject> one = archive.segment(likely)
                .or(() -> archive.segments().stream().findFirst().flatMap(archive::segment));
        if (one.isEmpty()) {
            return USUAL_SIZE;
        }
        byte[] head = seal.beginning(new VaultProbe(vault, one.get()).head());
        return SegmentHeader.read(Compression.of(one.get().name(), head).beginning(head))
                .map(SegmentHeader::size)
                .orElse(USUAL_SIZE);
    }
}
