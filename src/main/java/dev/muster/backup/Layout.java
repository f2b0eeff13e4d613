package dev.muster.backup;

import dev.muster.drill.BackupFormat;
import dev.muster.drill.BackupSource;
import dev.muster.drill.Reading;
import dev.muster.drill.StoredObject;
import java.util.List;
import java.util.Optional;

/** How a format of backups is laid out, so far as it can be told without reading a backup whole. */
interface Layout {

    /** The layout of a declared format, for what lies under its prefix. */
    static Layout of(BackupFormat format, List<StoredObject> listed) {
        return switch (format) {
            case PG_DUMP -> new DumpLayout();
            case PG_BASEBACKUP -> new BaseBackupLayout(listed);
            case ODOO_ZIP -> new OdooZipLayout();
            case TAR -> new TarLayout();
        };
    }

    /** The objects that stand for a backup each. */
    default List<StoredObject> heads(List<StoredObject> listed) {
        return listed;
    }

    /** The objects that belong to a backup besides the one that stands for it. */
    default List<StoredObject> parts(StoredObject head) {
        return List.of();
    }

    /** What the listing alone says about the instant the backup is good for; absent when its bytes must be asked. */
    Optional<Reading> claimedByListing(StoredObject object, BackupSource source);

    Judgement judge(StoredObject object, BackupSource source, Probe probe) throws Unreadable, InterruptedException;
}
