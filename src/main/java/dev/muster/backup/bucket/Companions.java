package dev.muster.backup.bucket;

import dev.muster.backup.digest.Algorithm;
import dev.muster.backup.digest.DigestFile;
import dev.muster.backup.digest.ExpectedDigest;
import dev.muster.backup.digest.ExpectedDigest.Origin;
import dev.muster.drill.Asset;
import dev.muster.drill.ObjectRead;
import dev.muster.drill.StoredObject;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Finds what was stored beside a backup, or with it, to say what its bytes must be. */
final class Companions {
    private static final int LARGEST_SIDECAR = 64 * 1024;
    private static final int LARGEST_LIST = 8 * 1024 * 1024;

    private final Vault vault;
    private final Asset asset;
    private final StoredObject object;
    private final List<ExpectedDigest> digests = new ArrayList<>();
    private final List<ObjectRead> read = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    Companions(Vault vault, Asset asset, StoredObject object) {
        this.vault = vault;
        this.asset = asset;
        this.object = object;
    }

    Found find() throws InterruptedException {
        for (StoredObject other : vault.list(object.key() + ".")) {
            String ending = other.key().substring(object.key().length());
            Optional<Algorithm> algorithm = Algorithm.ofSidecar(ending).filter(any -> ending.lastIndexOf('.') == 0);
            if (algorithm.isPresent()) {
                Optional<DigestFile> file = read(other, algorithm.get(), LARGEST_SIDECAR);
                file.ifPresent(found -> expect(algorithm.get(), found.ofItsOwn(object.name()), other));
            }
        }
        String folder = object.folder();
        for (String list : Algorithm.listNames()) {
            for (StoredObject other : vault.list(folder + list)) {
                Optional<Algorithm> algorithm = Algorithm.ofList(other.key().substring(folder.length()));
                if (algorithm.isPresent()) {
                    Optional<DigestFile> file = read(other, algorithm.get(), LARGEST_LIST);
                    file.ifPresent(found -> expect(algorithm.get(), found.of(object.name()), other));
                }
            }
        }
        StoredChecksums stored = vault.checksums(object);
        digests.addAll(stored.digests());
        remarks.addAll(stored.remarks());
        return new Found(digests, read, remarks);
    }

    private void expect(Algorithm algorithm, List<String> found, StoredObject holder) {
        found.forEach(hex -> digests.add(new ExpectedDigest(algorithm, hex, Origin.BESIDE, holder.address())));
        if (found.isEmpty()) {
            remarks.add(holder.address() + " holds no " + algorithm.label() + " of it.");
        }
    }

    private Optional<DigestFile> read(StoredObject listed, Algorithm algorithm, int largest)
            throws InterruptedException {
        if (listed.size() > largest) {
            remarks.add(
                    listed.address() + " has " + listed.size() + " bytes, too many for digests, and was not compared.");
            return Optional.empty();
        }
        Optional<StoredObject> described = vault.describe(listed.key(), Optional.empty());
        if (described.isEmpty() || described.get().size() > largest) {
            remarks.add(listed.address() + " changed while it was looked for, and was not compared.");
            return Optional.empty();
        }
        StoredObject holder = described.get();
        try {
            byte[] content = vault.read(holder, 0, largest);
            String sha256 = HexFormat.of().formatHex(Algorithm.SHA256.start().digest(content));
            read.add(new ObjectRead(
                    asset,
                    holder,
                    sha256,
                    content.length,
                    "Read for the digest of " + object.address() + " in it.",
                    Optional.empty()));
            return Optional.of(DigestFile.read(algorithm, content));
        } catch (Unreadable e) {
            remarks.add(holder.address() + " " + e.how() + ", and was not compared.");
            return Optional.empty();
        }
    }

    /**
     * What was found.
     *
     * @param read the objects that were read for it
     * @param remarks what was there and could not be used, as sentences
     */
    record Found(List<ExpectedDigest> digests, List<ObjectRead> read, List<String> remarks) {
        Found {
            digests = List.copyOf(digests);
            read = List.copyOf(read);
            remarks = List.copyOf(remarks);
        }
    }
}
