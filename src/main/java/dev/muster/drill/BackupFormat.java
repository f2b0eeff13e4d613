package dev.muster.drill;

import java.util.Locale;
import java.util.Set;

/** The formats a backup may be declared in. */
public enum BackupFormat {
    /** What {@code pg_dump} writes: custom archive, directory as tar, or plain SQL; found out from the bytes. */
    PG_DUMP,
    /** What {@code pg_basebackup} writes as tars, with its manifest: a folder of objects for each backup. */
    PG_BASEBACKUP,
    /** What Barman's cloud tools write, and CloudNativePG with them: {@code base/} and {@code wals/}. */
    BARMAN,
    /** What WAL-G writes: {@code basebackups_005/} and {@code wal_005/}. */
    WAL_G,
    /** A repository of pgBackRest: backups of several kinds and the log, kept for each stanza. */
    PGBACKREST,
    /** The ZIP that Odoo's database manager writes: {@code dump.sql}, {@code filestore/}, {@code manifest.json}. */
    ODOO_ZIP,
    /** Files in a tar, compressed or not. */
    TAR,
    /** Files as objects of their own below one prefix, as {@code aws s3 sync} and {@code rclone copy} leave them. */
    OBJECTS,
    /** A repository of restic. */
    RESTIC;

    private static final Set<String> INDEXES_OF_PGBACKREST =
            Set.of("backup.info", "backup.info.copy", "archive.info", "archive.info.copy");

    /**
     * Whether the tool that makes such backups rewrites this object with every further one, so that its change is no
     * change of those before.
     */
    public boolean rewrites(StoredObject object) {
        return this == PGBACKREST && INDEXES_OF_PGBACKREST.contains(object.name());
    }

    /** The format's name as runbooks write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
