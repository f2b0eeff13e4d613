package dev.muster.backup.format;

import dev.muster.backup.bucket.Unreadable;
import dev.muster.backup.log.LogRange;
import dev.muster.drill.Reading;
import dev.muster.drill.StoredObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What {@code pg_basebackup} writes as tars: a folder of objects, complete when its manifest is there. */
public final class BaseBackupLayout implements Layout {
    private static final Pattern TAR = Pattern.compile("(base|pg_wal|\\d+)\\.tar(\\.[a-z0-9]+)?");
    private static final Pattern TABLESPACE = Pattern.compile("pg_tblspc/(\\d+)/.*");

    private final Opened opened;
    private final Map<String, List<StoredObject>> folders = new LinkedHashMap<>();

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
    public List<StoredObject> parts(StoredObject head) {
        return folders.getOrDefault(head.folder(), List.of()).stream()
                .filter(object -> !object.equals(head))
                .toList();
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
        return manifest.files().stream().anyMatch(file -> file.path().contains("INCREMENTAL."))
                ? judgement.but("It is an incremental backup, which holds only what changed: a full one is needed")
                : judgement;
    }

    private static BackupManifest manifest(StoredObject object, Probe probe)
            throws BadManifest, Unreadable, InterruptedException {
        return BackupManifest.read(probe.read(0, Math.toIntExact(object.size())));
    }

    private Set<String> missing(StoredObject manifest, BackupManifest content) {
        Set<String> there = parts(manifest).stream()
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
