package dev.muster.backup.walg;

import dev.muster.backup.bucket.Unreadable;
import dev.muster.backup.format.BadManifest;
import dev.muster.backup.format.Judgement;
import dev.muster.backup.format.Layout;
import dev.muster.backup.format.Opened;
import dev.muster.backup.format.Probe;
import dev.muster.backup.log.LogArchive;
import dev.muster.backup.log.LogRange;
import dev.muster.drill.Reading;
import dev.muster.drill.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What WAL-G writes: a folder of tars for each backup, complete when its sentinel lies beside it. */
public final class WalgLayout implements Layout {
    /** Where the log lies below the prefix. */
    private static final String LOG = "wal_005/";

    private static final String METADATA = "metadata.json";
    private static final int LARGEST_SENTINEL = 8 << 20;
    /** A longer list of files is read only once it is fetched. */
    private static final int LARGEST_LIST = 32 << 20;

    private static final long USUAL_SEGMENT = 16 << 20;

    private final Opened opened;
    private final Map<BackupName, Map<String, StoredObject>> backups = new LinkedHashMap<>();
    private final Set<String> segments;

    public WalgLayout(List<StoredObject> listed, Opened opened) {
        this.opened = opened;
        for (StoredObject object : listed) {
            BackupName.of(object)
                    .ifPresent(name -> backups.computeIfAbsent(name, key -> new TreeMap<>())
                            .put(object.key().substring(BackupName.base(object).length()), object));
        }
        this.segments = new LogArchive(listed).segments();
    }

    @Override
    public List<StoredObject> heads() {
        return backups.entrySet().stream()
                .map(backup -> sentinel(backup.getKey())
                        .orElseGet(() -> backup.getValue().values().iterator().next()))
                .toList();
    }

    @Override
    public String name(StoredObject head) {
        return backup(head).text();
    }

    @Override
    public String base(StoredObject head) {
        return BackupName.base(head);
    }

    /** Of what holds only changes, every backup down to the one that holds everything is needed. */
    @Override
    public List<StoredObject> parts(StoredObject head) throws Unreadable, InterruptedException {
        try {
            List<StoredObject> parts = new ArrayList<>();
            for (BackupName name : chain(backup(head))) {
                Map<String, StoredObject> objects = backups.getOrDefault(name, Map.of());
                new TarSamples(opened, name, tars(name)).demandReadable();
                objects.values().stream().filter(object -> !object.equals(head)).forEach(parts::add);
            }
            return parts;
        } catch (BadManifest e) {
            throw new Unreadable("was replaced after it was listed", e);
        }
    }

    @Override
    public Optional<LogRange> log(StoredObject head) throws Unreadable, InterruptedException {
        try {
            BackupName name = backup(head);
            return Optional.of(read(name).log(name, finished(name)));
        } catch (BadManifest e) {
            throw new Unreadable("was replaced after it was listed", e);
        }
    }

    @Override
    public Judgement judge(StoredObject head, Probe probe) throws Unreadable, InterruptedException {
        BackupName name = backup(head);
        if (!head.key().endsWith(Sentinel.SUFFIX)) {
            return Judgement.faulty("It is not complete: " + name.sentinel() + ", which WAL-G writes last, is missing");
        }
        try {
            Sentinel sentinel = read(name);
            Judgement judgement = Judgement.complete(claimed(name, sentinel));
            return fault(name, sentinel).map(judgement::but).orElse(judgement);
        } catch (BadManifest e) {
            return Judgement.faulty(e.what());
        }
    }

    private Optional<String> fault(BackupName name, Sentinel sentinel)
            throws BadManifest, Unreadable, InterruptedException {
        for (BackupName one : chain(name)) {
            Set<String> missing = missing(one);
            if (!missing.isEmpty()) {
                return Optional.of("It is not complete: " + String.join(", ", missing) + " is missing");
            }
        }
        LogRange log = sentinel.log(name, Optional.empty());
        if (!log.first(USUAL_SEGMENT).name().equals(name.segment())) {
            // Its segments have another size: what is missing shows when the log is searched.
            return Optional.empty();
        }
        return log.missing(segments, USUAL_SEGMENT)
                .map(segment -> "It is not complete without the log that was written meanwhile, of which the segment "
                        + segment.name() + " is missing in " + LOG);
    }

    /** The objects that one backup lacks. */
    private Set<String> missing(BackupName name) throws BadManifest, Unreadable, InterruptedException {
        Set<String> there = tars(name).stream().map(StoredObject::name).collect(Collectors.toCollection(TreeSet::new));
        Set<String> missing = new TreeSet<>();
        if (there.stream().noneMatch(tar -> tar.startsWith("pg_control.tar"))) {
            missing.add(name.file("tar_partitions/pg_control.tar"));
        }
        Optional<StoredObject> list = object(name, FileList.NAME);
        if (list.isEmpty()) {
            if (read(name).listsFiles()) {
                missing.add(name.file(FileList.NAME));
            }
        } else if (list.get().size() <= LARGEST_LIST) {
            list(list.get()).tars().stream()
                    .filter(tar -> !there.contains(tar))
                    .forEach(tar -> missing.add(name.file("tar_partitions/" + tar)));
        }
        return missing;
    }

    /** The backup of this name and those before it that it needs, down to one that holds everything. */
    private List<BackupName> chain(BackupName newest) throws BadManifest, Unreadable, InterruptedException {
        List<BackupName> chain = new ArrayList<>();
        Optional<BackupName> next = Optional.of(newest);
        while (next.isPresent()) {
            BackupName name = next.get();
            if (chain.contains(name)) {
                throw new BadManifest("It holds only changes, to a backup that holds changes to it: " + name);
            }
            if (sentinel(name).isEmpty()) {
                throw new BadManifest("It holds only changes, and " + name.sentinel()
                        + " of the backup that they were made to is missing");
            }
            chain.add(name);
            next = read(name).from().map(BackupName::new);
        }
        return chain;
    }

    private Reading claimed(BackupName name, Sentinel sentinel) throws BadManifest, Unreadable, InterruptedException {
        Optional<Instant> finished = finished(name);
        if (finished.isPresent()) {
            return Reading.of(finished.get(), "finish_time in the backup's " + METADATA);
        }
        return sentinel.ended()
                .map(ended -> Reading.of(ended, "FinishTime in the backup's sentinel"))
                .orElseGet(() -> Reading.none("neither " + METADATA + " nor the sentinel says when it ended"));
    }

    private Sentinel read(BackupName name) throws BadManifest, Unreadable, InterruptedException {
        StoredObject object =
                sentinel(name).orElseThrow(() -> new BadManifest("The sentinel " + name.sentinel() + " is missing"));
        return Sentinel.read(whole(object));
    }

    private Optional<Instant> finished(BackupName name) throws BadManifest, Unreadable, InterruptedException {
        Optional<StoredObject> metadata = object(name, METADATA);
        return metadata.isPresent() ? Sentinel.finished(whole(metadata.get())) : Optional.empty();
    }

    private FileList list(StoredObject object) throws BadManifest, Unreadable, InterruptedException {
        try {
            return FileList.read(
                    new ByteArrayInputStream(opened.probe(object).read(0, Math.toIntExact(object.size()))));
        } catch (IOException e) {
            throw new BadManifest("Its list of files cannot be read", e);
        }
    }

    private byte[] whole(StoredObject object) throws BadManifest, Unreadable, InterruptedException {
        if (object.size() > LARGEST_SENTINEL) {
            throw new BadManifest(object.name() + " has " + object.size() + " bytes, more than WAL-G ever writes");
        }
        return opened.probe(object).read(0, Math.toIntExact(object.size()));
    }

    private Optional<StoredObject> sentinel(BackupName name) {
        return Optional.ofNullable(backups.getOrDefault(name, Map.of()).get(name.sentinel()));
    }

    private Optional<StoredObject> object(BackupName name, String file) {
        return Optional.ofNullable(backups.getOrDefault(name, Map.of()).get(name.file(file)));
    }

    private List<StoredObject> tars(BackupName name) {
        return backups.getOrDefault(name, Map.of()).entrySet().stream()
                .filter(object -> object.getKey().startsWith(name.file("tar_partitions/")))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static BackupName backup(StoredObject head) {
        return BackupName.of(head).orElseThrow();
    }
}
