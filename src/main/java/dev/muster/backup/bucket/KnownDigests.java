package dev.muster.backup.bucket;

import dev.muster.backup.digest.Algorithm;
import dev.muster.backup.digest.DigestFile;
import dev.muster.backup.digest.ExpectedDigest;
import dev.muster.backup.digest.ExpectedDigest.Origin;
import dev.muster.drill.Backup;
import dev.muster.drill.BackupFormat;
import dev.muster.drill.StoredObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the objects of one backup say of each other: by digests that lie among them, or by how they are called. */
final class KnownDigests {
    private static final Pattern NAMED_FOR_ITS_CONTENT =
            Pattern.compile("(?:data/[0-9a-f]{2}|index|keys|snapshots)/([0-9a-f]{64})");

    private final Backup backup;
    private final Map<String, List<ExpectedDigest>> beside = new HashMap<>();
    private final Map<String, List<Listed>> lists = new HashMap<>();

    KnownDigests(Backup backup) {
        this.backup = backup;
    }

    /** Whether the object holds digests of others. */
    static boolean holdsDigests(StoredObject one) {
        return Algorithm.ofSidecar(one.name()).isPresent()
                || Algorithm.ofList(one.name()).isPresent();
    }

    void read(StoredObject holder, byte[] content) {
        Optional<Algorithm> sidecar = Algorithm.ofSidecar(holder.name());
        if (sidecar.isPresent()) {
            String owner = holder.key().substring(0, holder.key().lastIndexOf('.'));
            String name = owner.substring(owner.lastIndexOf('/') + 1);
            DigestFile.read(sidecar.get(), content)
                    .ofItsOwn(name)
                    .forEach(hex -> beside.computeIfAbsent(owner, key -> new ArrayList<>())
                            .add(new ExpectedDigest(sidecar.get(), hex, Origin.BESIDE, holder.address())));
        }
        Algorithm.ofList(holder.name())
                .ifPresent(algorithm -> lists.computeIfAbsent(holder.folder(), key -> new ArrayList<>())
                        .add(new Listed(algorithm, holder, DigestFile.read(algorithm, content))));
    }

    /** All that is known of one object, and what its vault keeps of it. */
    Companions.Found of(StoredObject one, StoredChecksums stored) {
        List<ExpectedDigest> digests = new ArrayList<>(beside.getOrDefault(one.key(), List.of()));
        for (Listed list : lists.getOrDefault(one.folder(), List.of())) {
            list.content()
                    .of(one.name())
                    .forEach(hex -> digests.add(new ExpectedDigest(
                            list.algorithm(), hex, Origin.BESIDE, list.holder().address())));
        }
        Matcher named = NAMED_FOR_ITS_CONTENT.matcher(backup.place(one));
        if (backup.source().format() == BackupFormat.RESTIC && named.matches()) {
            digests.add(
                    new ExpectedDigest(Algorithm.SHA256, named.group(1), Origin.BESIDE, "its name in the repository"));
        }
        digests.addAll(stored.digests());
        return new Companions.Found(digests, List.of(), stored.remarks());
    }

    private record Listed(Algorithm algorithm, StoredObject holder, DigestFile content) {}
}
