package dev.muster.backup.format;

import dev.muster.backup.bucket.Unreadable;
import dev.muster.backup.log.LogRange;
import dev.muster.backup.log.Lsn;
import dev.muster.drill.Reading;
import dev.muster.drill.StoredObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What {@code pg_basebackup} writes as tars: a folder of objects, complete when its manifest is there. */
public final class BaseBackupLayout implements Layout {
    private static final Pattern TAR = Pattern.compile("(base|pg_wal|\\d+)\\.tar(\\.[a-z0-9]+)?");
    private static final Pattern TABLESPACE = Pattern.compile("pg_tblspc/(\\d+)/.*");
    private static final Pattern BUILDS_ON = Pattern.compile("INCREMENTAL FROM LSN: ([0-9A-F]+/[0-9A-F]+)");

    private final Opened opened;
    private final Map<String, List<StoredObject>> folders = new LinkedHashMap<>();

    private final Map<StoredObject, BackupManifest> manifests = new ConcurrentHashMap<>();

    BaseBackupLayout(List<StoredObject> listed, Opened opened) {
        this.opened = opened;
        for (StoredObject object : listed) {
            if (isManifest(object) || TAR.matcher(object.name()).matches()) {
                folders.computeIfAbsent(object.folder(), folder -> new ArrayList<>())
                        .add(object);
            }
        }
    }

    @Override
    public List<StoredObject> heads() {
        return folders.values().stream().map(BaseBackupLayout::head).toList();
    }

    @Override
    public List<StoredObject> parts(StoredObject head) throws Unreadable, InterruptedException {
        List<StoredObject> parts = new ArrayList<>();
        for (StoredObject link : chain(head)) {
            parts.addAll(folders.getOrDefault(link.folder(), List.of()));
        }
        parts.remove(head);
        return parts;
    }

    @Override
    public String base(StoredObject head) throws Unreadable, InterruptedException {
        String base = head.folder();
        for (StoredObject link : chain(head)) {
            while (!link.key().startsWith(base)) {
                base = base.substring(0, base.lastIndexOf('/', base.length() - 2) + 1);
            }
        }
        return base;
    }

    /** The name of the backup's folder. */
    @Override
    public String name(StoredObject head) {
        String folder = head.folder().replaceFirst("/$", "");
        return folder.substring(folder.lastIndexOf('/') + 1);
    }

    @Override
    public Optional<LogRange> log(StoredObject head) throws Unreadable, InterruptedException {
        try {
            return Optional.of(manifest(head, opened.probe(head)).log());
        } catch (BadManifest e) {
            throw new Unreadable("was replaced after it was listed", e);
        }
    }

    @Override
    public Judgement judge(StoredObject object, Probe probe) throws Unreadable, InterruptedException {
        if (!isManifest(object)) {
            return Judgement.faulty("It is not complete: " + BackupManifest.NAME
                    + ", which pg_basebackup writes last, is missing in its folder");
        }
        BackupManifest manifest;
        try {
            manifest = manifest(object, probe);
        } catch (BadManifest e) {
            return Judgement.faulty(e.what());
        }
        Judgement judgement = Judgement.complete(claimed(manifest));
        Set<String> missing = missing(object, manifest);
        if (!missing.isEmpty()) {
            return judgement.but("It is not complete: " + String.join(", ", missing) + " is missing in its folder");
        }
        if (!manifest.incremental()) {
            return judgement;
        }
        List<StoredObject> chain = chain(object);
        if (chain.size() == 1) {
            return judgement.but("It is an incremental backup, and the one that it builds on is not there");
        }
        for (StoredObject link : chain) {
            Set<String> lost = lost(link);
            if (!lost.isEmpty()) {
                return judgement.but("It is an incremental backup and builds on " + name(link) + ", where "
                        + String.join(", ", lost) + " is missing");
            }
        }
        return judgement;
    }

    private Set<String> lost(StoredObject link) throws Unreadable, InterruptedException {
        try {
            return missing(link, manifest(link, opened.probe(link)));
        } catch (BadManifest e) {
            return Set.of(BackupManifest.NAME);
        }
    }

    /** The backup itself, then the one that it builds on, and so on; cut off where one is missing. */
    private List<StoredObject> chain(StoredObject head) throws Unreadable, InterruptedException {
        List<StoredObject> chain = new ArrayList<>(List.of(head));
        try {
            StoredObject link = head;
            while (manifest(link, opened.probe(link)).incremental()) {
                Optional<StoredObject> earlier = earlier(link);
                if (earlier.isEmpty() || chain.contains(earlier.get())) {
                    return List.of(head);
                }
                link = earlier.get();
                chain.add(link);
            }
            return chain;
        } catch (BadManifest e) {
            return List.of(head);
        }
    }

    /** The backup whose log begins where this one says that its own changes do. */
    private Optional<StoredObject> earlier(StoredObject incremental) throws Unreadable, InterruptedException {
        Optional<Lsn> start = startOfEarlier(incremental);
        for (List<StoredObject> folder : folders.values()) {
            StoredObject head = head(folder);
            if (start.isPresent() && !head.equals(incremental) && start(head).equals(start)) {
                return Optional.of(head);
            }
        }
        return Optional.empty();
    }

    /** Where the log of a whole backup begins; absent for one that is not whole. */
    private Optional<Lsn> start(StoredObject head) throws Unreadable, InterruptedException {
        try {
            return isManifest(head)
                    ? Optional.of(manifest(head, opened.probe(head)).start())
                    : Optional.empty();
        } catch (BadManifest e) {
            return Optional.empty();
        }
    }

    /** The label is the first file in the tar. */
    private Optional<Lsn> startOfEarlier(StoredObject incremental) throws Unreadable, InterruptedException {
        for (StoredObject part : folders.getOrDefault(incremental.folder(), List.of())) {
            if (part.name().startsWith("base.tar")) {
                byte[] head = opened.probe(part).head();
                Matcher label =
                        BUILDS_ON.matcher(Bytes.latin(Compression.of(head).beginning(head)));
                return label.find() ? Lsn.read(label.group(1)) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private BackupManifest manifest(StoredObject object, Probe probe)
            throws BadManifest, Unreadable, InterruptedException {
        BackupManifest known = manifests.get(object);
        if (known == null) {
            known = BackupManifest.read(probe.read(0, Math.toIntExact(object.size())));
            manifests.put(object, known);
        }
        return known;
    }

    private Set<String> missing(StoredObject manifest, BackupManifest content) {
        Set<String> there = folders.getOrDefault(manifest.folder(), List.of()).stream()
                .filter(object -> !object.equals(manifest))
                .map(part -> part.name().substring(0, part.name().indexOf('.')))
                .collect(Collectors.toSet());
        Set<String> needed = new TreeSet<>(Set.of("base"));
        content.files().stream()
                .map(file -> TABLESPACE.matcher(file.path()))
                .filter(Matcher::matches)
                .forEach(match -> needed.add(match.group(1)));
        return needed.stream()
                .filter(name -> !there.contains(name))
                .map(name -> name + ".tar")
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Reading claimed(BackupManifest manifest) {
        return manifest.newest()
                .map(newest -> Reading.of(
                        newest,
                        "newest file in the backup's manifest, whose log ends at " + manifest.end()
                                + ": the backup ended then or shortly after"))
                .orElseGet(() -> Reading.none("the backup's manifest holds no times"));
    }

    private static StoredObject head(List<StoredObject> folder) {
        return folder.stream().filter(BaseBackupLayout::isManifest).findFirst().orElse(folder.get(0));
    }

    private static boolean isManifest(StoredObject object) {
        return object.name().equals(BackupManifest.NAME);
    }
}
