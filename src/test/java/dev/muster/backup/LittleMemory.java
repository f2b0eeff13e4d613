package dev.muster.backup;

import dev.muster.drill.Asset;
import dev.muster.drill.Backup;
import dev.muster.drill.BackupFormat;
import dev.muster.drill.ObjectRead;
import dev.muster.drill.Progress;
import dev.muster.drill.Reading;
import dev.muster.drill.StoredObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Fetches one object in a process of its own, whose memory a test can limit. */
public final class LittleMemory {
    private LittleMemory() {}

    public static void main(String[] arguments) throws Exception {
        try (Vaults vaults = Estate.at(URI.create(arguments[0]))) {
            StoredObject object = vaults.lookAgain(new StoredObject(
                            "primary", Estate.BUCKET, arguments[1], 0, "", Optional.empty(), Instant.EPOCH))
                    .orElseThrow();
            Backup backup = new Backup(
                    Asset.DATABASE,
                    Estate.source(Asset.DATABASE, BackupFormat.PG_DUMP, ""),
                    object,
                    Reading.none("of no matter"));
            ObjectRead read =
                    vaults.fetch(backup, Path.of(arguments[2]), Progress.SILENT).get(0);
            System.out.println(read.bytes() + " " + read.sha256());
        }
    }
}
