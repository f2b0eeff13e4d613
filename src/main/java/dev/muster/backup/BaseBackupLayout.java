package dev.muster.backup;

import dev.muster.drill.BackupSource;
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
final class BaseBackupLayout implements Layout {
    private static final Pattern TAR = Pattern.compile("(base|pg_wal|\\d+)\\.tar(\\.[a-z0-9]+)?");
    private static final Pattern TABLESPACE = Pattern.compile("pg_tblspc/(\\d+)/.*");

    private final Map<String, List<StoredObject>> folders = new LinkedHashMap<>();

    BaseBackupLayout(List<StoredObject> listed) {
        for (StoredObject object : listed) {
            if (isManifest(object) || TAR.matcher(object.name()).matches()) {
                folders.computeIfAbsent(folder(object), folder -> new ArrayList<>())
                        .add(object);
            }
        }
    }

    @Override
    public List<StoredObject> heads(List<StoredObject> listed) {
        return folders.values().stream().map(BaseBackupLayout::head).toList();
    }

    @Override
    public List<StoredObject> parts(StoredObject head) {
        return folders.getOrDefault(folder(head), List.of()).stream()
                .filter(object -> !object.equals(head))
                .toList();
    }

    @Override
    public Optional<Reading> claimedByListing(StoredObject object, BackupSource source) {
        return Optional.empty();
    }

    @Override
    public Judgement judge(StoredObject object, BackupSource source, Probe probe)
            throws Unreadable, InterruptedException {
        if (!isManifest(object)) {
            return Judgement.faulty("It is not complete: " + BackupManifest.NAME
                    + ", which pg_basebackup writes last, is missing in its folder");
        }
        BackupManifest manifest;
        try {
            manifest = BackupManifest.read(probe.read(0, Math.toIntExact(object.size())));
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

    /** The name of the backup's folder. */
    static String label(StoredObject object) {
        String folder = folder(object);
        return folder.substring(folder.lastIndexOf('/') + 1);
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

    private static String folder(StoredObject object) {
        return object.key().substring(0, Math.max(0, object.key().lastIndexOf('/')));
    }
}
