package dev.muster.orchestrator;

import dev.muster.drill.Backup;
import dev.muster.drill.Finding;
import dev.muster.drill.ObjectRead;
import dev.muster.drill.Problem;
import java.util.List;

/** Says of bytes that nothing vouches for that they are so: much damage in them would be restored without a word. */
final class Unprotected {
    private Unprotected() {}

    static Finding finding(ObjectRead read) {
        String name = read.before().name();
        return new Finding(
                Finding.Severity.NOTE,
                new Problem(
                        "No digest vouches for the bytes of " + name + ", so a flipped bit in them may be restored"
                                + " without a word",
                        read.before().address(),
                        "Let the backup job store a digest beside it: `sha256sum " + name + " > " + name
                                + ".sha256`, uploaded with it. An upload with a checksum of the whole object"
                                + " (CRC64NVME) helps too."));
    }

    /** The same of a backup that is a great many objects. */
    static Finding finding(Backup backup, List<ObjectRead> bare, int all) {
        return new Finding(
                Finding.Severity.NOTE,
                new Problem(
                        "No digest vouches for the bytes of " + bare.size() + " of the " + all
                                + " objects, so a flipped bit in them may be restored without a word; the first is "
                                + bare.get(0).before().key(),
                        backup.object().address(),
                        "Let the copying job upload with a checksum of the whole object: `aws s3 sync"
                                + " --checksum-algorithm CRC64NVME`, or store SHA256SUMS in the folders."));
    }
}
