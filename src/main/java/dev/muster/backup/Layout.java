package dev.muster.backup;

import dev.muster.drill.BackupFormat;
import dev.muster.drill.BackupSource;
import dev.muster.drill.Reading;
import dev.muster.drill.StoredObject;
import java.util.Optional;

/** How a format of backups is laid out, so far as it can be told without reading a backup whole. */
interface Layout {

    /** The layout of a declared format. */
    static Layout of(BackupFormat format) {
        return switch (format) {
            case PG_DUMP -> new DumpLayout();
            case ODOO_ZIP -> new OdooZipLayout();
            case TAR -> new TarLayout();
        };
    }

    /** What the listing alone says about the instant the backup is good for; absent when its bytes must be asked. */
    Optional<Reading> claimedByListing(StoredObject object, BackupSource source);

    Judgement judge(StoredObject object, BackupSource source, Probe probe) throws Unreadable, InterruptedException;
}
