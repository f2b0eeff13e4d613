package dev.muster.drill;

import java.util.Locale;

/** The formats a backup may be declared in. */
public enum BackupFormat {
    /** What {@code pg_dump} writes: custom archive, directory as tar, or plain SQL; found out from the bytes. */
    PG_DUMP,
    /** What {@code pg_basebackup} writes as tars, with its manifest: a folder of objects for each backup. */
    PG_BASEBACKUP,
    /** The ZIP that Odoo's database manager writes: {@code dump.sql}, {@code filestore/}, {@code manifest.json}. */
    ODOO_ZIP,
    /** Files in a tar, compressed or not. */
    TAR,
    /** Files as objects of their own below one prefix, as {@code aws s3 sync} and {@code rclone copy} leave them. */
    OBJECTS,
    /** A repository of restic. */
    RESTIC;

    /** The format's name as runbooks write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
