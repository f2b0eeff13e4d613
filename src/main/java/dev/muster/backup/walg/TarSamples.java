package dev.muster.backup.walg;

import dev.muster.backup.bucket.Unreadable;
import dev.muster.backup.format.Opened;
import dev.muster.backup.format.Probe;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.drill.StoredObject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Samples of a backup's tars, which tell before anything is fetched whether they can be read without WAL-G. */
final class TarSamples {
    private static final Set<String> KNOWN = Set.of("tar", "lz4", "zst", "br", "gz");
    private static final byte[] TAR = "ustar".getBytes(StandardCharsets.US_ASCII);
    private static final int TAR_AT = 257;

    private final Opened opened;
    private final BackupName name;
    private final List<StoredObject> tars;

    TarSamples(Opened opened, BackupName name, List<StoredObject> tars) {
        this.opened = opened;
        this.name = name;
        this.tars = tars;
    }

    /** One tar that cannot be read may be damaged; that several are begins to look like a secret. */
    void demandReadable() throws Unreadable, InterruptedException {
        for (StoredObject tar : tars) {
            String ending = tar.name().substring(tar.name().lastIndexOf('.') + 1);
            if (!KNOWN.contains(ending)) {
                throw new CouldNotRun(new Problem(
                        "The backup " + name + " is compressed as ." + ending + ", which Muster does not read",
                        tar.address(),
                        "Let WAL-G compress with WALG_COMPRESSION_METHOD=lz4, zstd or brotli, make a new backup, and"
                                + " drill that."));
            }
        }
        List<StoredObject> small = tars.stream()
                .filter(tar ->
                        tar.name().startsWith("pg_control.tar") || tar.name().startsWith("backup_label.tar"))
                .toList();
        boolean readable = small.isEmpty();
        boolean openPgp = false;
        for (StoredObject tar : small) {
            Probe probe = opened.probe(tar);
            readable |= isTar(probe.beginning());
            openPgp |= isOpenPgp(probe.head());
        }
        if (!readable && !anyOther(small)) {
            throw encrypted(small.get(0), openPgp);
        }
    }

    /** Whether the first tar besides the small ones can be read. */
    private boolean anyOther(List<StoredObject> small) throws Unreadable, InterruptedException {
        Optional<StoredObject> other =
                tars.stream().filter(tar -> !small.contains(tar)).findFirst();
        return other.isPresent() && isTar(opened.probe(other.get()).beginning());
    }

    private CouldNotRun encrypted(StoredObject tar, boolean openPgp) {
        return new CouldNotRun(new Problem(
                "The backup " + name + " is encrypted, "
                        + (openPgp ? "with GPG" : "with libsodium or a key service as it seems")
                        + ": only WAL-G itself can decrypt it, and Muster does not",
                tar.address(),
                "Where WAL-G and its key are, `wal-g backup-fetch DIR " + name + "` restores it. To drill it here, let"
                        + " WAL-G write without WALG_LIBSODIUM_KEY and WALG_PGP_KEY to a bucket that encrypts what it"
                        + " stores, and make a new backup."));
    }

    private static boolean isTar(byte[] content) {
        return content.length >= TAR_AT + TAR.length
                && Arrays.equals(content, TAR_AT, TAR_AT + TAR.length, TAR, 0, TAR.length);
    }

    /** A packet with a session key that was encrypted to a public key, in the new or the old form. */
    private static boolean isOpenPgp(byte[] head) {
        int first = head.length == 0 ? 0 : head[0] & 0xff;
        return first == 0xc1 || (first >= 0x84 && first <= 0x87);
    }
}
