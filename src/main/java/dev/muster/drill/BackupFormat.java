package dev.muster.drill;

import java.util.Locale;

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
    /** The ZIP that Odoo's database manager writes: {@code dump.sql}, {@code filestore/}, {@code manifest.json}. */
    ODOO_ZIP,
    /** Files in a tar, compressed or not. */
    TAR;

    /** The format's name as runbooks write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
