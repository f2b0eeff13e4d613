package dev.muster.backup.format;

import dev.muster.backup.bucket.History;
import dev.muster.backup.digest.Algorithm;
import dev.muster.drill.BackupSource;
import dev.muster.drill.Reading;
import dev.muster.drill.StoredObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Files as objects of their own: one backup, which is all that lay below the prefix at one instant. */
public final class ObjectsLayout implements Layout {
    private static final int LONGEST_NAME = 255;

    private final BackupSource source;
    private final History.State state;
    private final List<StoredObject> objects;

    public ObjectsLayout(BackupSource source, History.State state) {
        this.source = source;
        this.state = state;
        this.objects = state.objects().stream()
                .sorted(Comparator.comparing(StoredObject::key))
                .toList();
    }

    @Override
    public List<StoredObject> heads() {
        return objects.isEmpty() ? List.of() : List.of(head());
    }

    /** Stands for all of them; its tag is a digest of the listing. */
    private StoredObject head() {
        MessageDigest listing = Algorithm.SHA256.start();
        objects.forEach(one -> listing.update((one.key() + "\n" + one.size() + "\n" + one.etag() + "\n"
                        + one.version().orElse("") + "\n")
                .getBytes(StandardCharsets.UTF_8)));
        StoredObject any = objects.get(0);
        return new StoredObject(
                any.vault(),
                any.bucket(),
                source.prefix(),
                objects.stream().mapToLong(StoredObject::size).sum(),
                HexFormat.of().formatHex(listing.digest()),
                Optional.empty(),
                newest());
    }

    @Override
    public String name(StoredObject head) {
        String folder = source.prefix().replaceFirst("/$", "");
        return folder.substring(folder.lastIndexOf('/') + 1);
    }

    @Override
    public String base(StoredObject head) {
        return source.prefix();
    }

    @Override
    public List<StoredObject> parts(StoredObject head) {
        return objects;
    }

    @Override
    public boolean identified() {
        return true;
    }

    @Override
    public Optional<String> onlyChoice() {
        return Optional.of("Chosen: the " + objects.size() + " objects that were below the prefix at " + state.at()
                + "."
                + (state.versioned()
                        ? ""
                        : " The bucket shows no versions of them, so what was deleted or replaced"
                                + " since is lost from sight.")
                + (state.later() == 0 ? "" : " " + state.later() + " events after that instant were left out."));
    }

    @Override
    public Optional<Reading> claimedByListing(StoredObject head) {
        return Optional.of(claimed());
    }

    @Override
    public Judgement judge(StoredObject head, Probe probe) {
        return strange()
                .map(fault -> Judgement.complete(claimed()).but(fault))
                .orElseGet(() -> Judgement.complete(claimed()));
    }

    private Reading claimed() {
        return Reading.of(
                newest(),
                "newest time of upload among " + objects.size() + " objects, as they were at " + state.at()
                        + ": a lower bound, since each was uploaded at its own time and nothing says when the last copy"
                        + " was complete");
    }

    private Instant newest() {
        return objects.stream()
                .map(StoredObject::lastModified)
                .max(Instant::compareTo)
                .orElseThrow();
    }

    /** What no disk can hold under the name that it has. */
    private Optional<String> strange() {
        Set<String> files = new HashSet<>();
        objects.forEach(one -> files.add(path(one)));
        for (StoredObject one : objects) {
            String path = path(one);
            for (String name : path.split("/", -1)) {
                if (name.isEmpty() || name.equals(".") || name.equals("..")) {
                    return Optional.of("The key " + one.key() + " is no path of a file: it has "
                            + (name.isEmpty() ? "an empty name" : name) + " in it");
                }
                if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME || name.indexOf('\0') >= 0) {
                    return Optional.of("The key " + one.key() + " has a name in it that no disk takes");
                }
            }
            for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
                if (files.contains(path.substring(0, slash))) {
                    return Optional.of("The key " + source.prefix() + path.substring(0, slash)
                            + " is a file, and a folder too in " + one.key());
                }
            }
        }
        return Optional.empty();
    }

    private String path(StoredObject one) {
        return one.key().substring(source.prefix().length());
    }
}
