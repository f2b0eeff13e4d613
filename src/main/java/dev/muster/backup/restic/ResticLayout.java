package dev.muster.backup.restic;

import dev.muster.backup.bucket.Unreadable;
import dev.muster.backup.digest.Algorithm;
import dev.muster.backup.format.Judgement;
import dev.muster.backup.format.Layout;
import dev.muster.backup.format.Opened;
import dev.muster.backup.format.Probe;
import dev.muster.drill.BackupSource;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.drill.Reading;
import dev.muster.drill.Secret;
import dev.muster.drill.StoredObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A repository of restic: each snapshot is a backup, and all of the repository belongs to each. */
public final class ResticLayout implements Layout {
    private static final String ID = "[0-9a-f]{64}";
    private static final Pattern OF_REPOSITORY =
            Pattern.compile("config|(?:keys|index|snapshots)/" + ID + "|data/[0-9a-f]{2}/" + ID);
    private static final Pattern SMALL = Pattern.compile("config|(?:keys|snapshots|index)/" + ID);
    private static final int LARGEST_SMALL = 64 * 1024 * 1024;
    /** To ask about one takes restic half a second; of a larger repository `restic check` says later what is missing. */
    private static final int MOST_INDEXES = 32;

    private final BackupSource source;
    private final Opened opened;
    private final List<StoredObject> listed;
    private final Map<String, Snapshot> snapshots = new TreeMap<>();
    private final Set<String> damaged = new TreeSet<>();
    private final Set<String> missing = new TreeSet<>();

    public ResticLayout(BackupSource source, List<StoredObject> listed, Opened opened) {
        this.source = source;
        this.opened = opened;
        this.listed = listed.stream()
                .filter(one -> OF_REPOSITORY.matcher(place(one)).matches())
                .toList();
    }

    @Override
    public List<StoredObject> heads() throws Unreadable, InterruptedException {
        List<StoredObject> heads = listed.stream()
                .filter(one -> place(one).startsWith("snapshots/"))
                .toList();
        if (!heads.isEmpty() && snapshots.isEmpty() && lacking().isEmpty()) {
            ask().forEach(one -> snapshots.put(one.id(), one));
        }
        return heads;
    }

    /** The eight letters that restic shows of a snapshot's name. */
    @Override
    public String name(StoredObject head) {
        return snapshot(head).map(Snapshot::shortId).orElse(head.name());
    }

    @Override
    public List<String> labels(StoredObject head) {
        List<String> labels = new ArrayList<>();
        snapshot(head).ifPresent(one -> {
            labels.add(one.shortId());
            labels.addAll(one.tags());
        });
        return labels;
    }

    @Override
    public String base(StoredObject head) {
        return source.prefix();
    }

    @Override
    public List<StoredObject> parts(StoredObject head) {
        return listed.stream().filter(one -> !one.equals(head)).toList();
    }

    @Override
    public boolean identified() {
        return true;
    }

    @Override
    public Optional<Reading> claimedByListing(StoredObject head) {
        return snapshot(head).map(ResticLayout::claimed);
    }

    @Override
    public Judgement judge(StoredObject head, Probe probe) {
        Optional<String> fault = lacking()
                .map(place -> source.prefix() + place)
                .or(() -> missing.stream().findFirst())
                .map(key -> "It is not complete: the repository lacks " + key)
                .or(() -> damaged.stream()
                        .filter(one -> !one.startsWith(source.prefix() + "snapshots/") || one.equals(head.key()))
                        .findFirst()
                        .map(one ->
                                "It is damaged: the bytes of " + one + " do not have the SHA-256 that is its name"));
        Optional<Snapshot> snapshot = snapshot(head);
        if (snapshot.isEmpty()) {
            return Judgement.faulty(fault.orElse("It is a snapshot that restic does not show"));
        }
        Judgement judgement = Judgement.complete(claimed(snapshot.get()));
        return fault.map(judgement::but).orElse(judgement);
    }

    /** What no repository can be without. */
    private Optional<String> lacking() {
        return Stream.of("config", "keys/", "index/", "data/")
                .filter(needed -> listed.stream().noneMatch(one -> place(one).startsWith(needed)))
                .findFirst();
    }

    private static Reading claimed(Snapshot snapshot) {
        return Reading.of(snapshot.time(), "instant at which restic began the snapshot of " + snapshot.words());
    }

    private Optional<Snapshot> snapshot(StoredObject head) {
        return Optional.ofNullable(snapshots.get(head.name()));
    }

    private String place(StoredObject one) {
        return one.key().substring(source.prefix().length());
    }

    /** Copies what is small and asks restic about the copy, which is gone afterwards. */
    private List<Snapshot> ask() throws Unreadable, InterruptedException {
        String where = "s3://" + listed.get(0).bucket() + "/" + source.prefix();
        Secret password = opened.secret(source.key()
                .orElseThrow(() -> new CouldNotRun(new Problem(
                        "The runbook does not say with which password the restic repository is opened",
                        where,
                        "Add `key: \"${secret:NAME}\"` to this backup in the runbook."))));
        try {
            Path copy = Files.createTempDirectory("muster-restic-");
            try {
                for (StoredObject one : listed) {
                    if (SMALL.matcher(place(one)).matches() && one.size() <= LARGEST_SMALL) {
                        copy(one, copy.resolve(place(one)));
                    }
                }
                if (Files.notExists(copy.resolve("keys"))) {
                    return List.of();
                }
                Restic restic = new Restic(copy, password, where);
                List<Snapshot> told = restic.snapshots();
                lookForPacks(copy.resolve("index"), restic);
                return told;
            } finally {
                remove(copy);
            }
        } catch (IOException e) {
            throw new CouldNotRun(
                    new Problem(
                            "The small files of the restic repository cannot be copied to disk: " + e.getMessage(),
                            System.getProperty("java.io.tmpdir", ""),
                            "See to the disk that holds this folder, or name another with TMPDIR."),
                    e);
        }
    }

    /** Which packs an index refers to although they are not in the vault. */
    private void lookForPacks(Path indexes, Restic restic) throws IOException, InterruptedException {
        if (Files.notExists(indexes)) {
            return;
        }
        Set<String> needed = new TreeSet<>();
        try (Stream<Path> files = Files.list(indexes)) {
            for (Path index : files.limit(MOST_INDEXES).toList()) {
                needed.addAll(restic.packs(String.valueOf(index.getFileName())));
            }
        }
        listed.forEach(one -> needed.remove(one.name()));
        needed.forEach(pack ->
                missing.add(source.prefix() + "data/" + pack.substring(0, Math.min(2, pack.length())) + "/" + pack));
    }

    /** Damaged files are left out, since restic would say nothing about the others either. */
    private void copy(StoredObject one, Path file) throws IOException, Unreadable, InterruptedException {
        byte[] content = opened.probe(one).read(0, (int) one.size());
        String sha256 = HexFormat.of().formatHex(Algorithm.SHA256.start().digest(content));
        if (!one.name().equals("config") && !one.name().equals(sha256)) {
            damaged.add(one.key());
            return;
        }
        Path folder = file.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.write(file, content);
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }
}
