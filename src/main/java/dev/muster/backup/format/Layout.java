package dev.muster.backup.format;

import dev.muster.backup.barman.BarmanLayout;
import dev.muster.backup.bucket.History;
import dev.muster.backup.bucket.Unreadable;
import dev.muster.backup.log.LogRange;
import dev.muster.backup.log.LogSeal;
import dev.muster.backup.pgbackrest.PgBackRestLayout;
import dev.muster.backup.restic.ResticLayout;
import dev.muster.backup.walg.WalgLayout;
import dev.muster.drill.BackupSource;
import dev.muster.drill.Reading;
import dev.muster.drill.StoredObject;
import java.util.List;
import java.util.Optional;

/** How the backups below one prefix are laid out, so far as it can be told without reading one whole. */
public interface Layout {

    /** The layout of a declared format, for what lies under its prefix. */
    static Layout of(BackupSource source, List<StoredObject> listed, Opened opened) {
        return switch (source.format()) {
            case PG_DUMP -> new SealedLayout(new DumpLayout(source, listed), source);
            case PG_BASEBACKUP -> new BaseBackupLayout(listed, opened);
            case BARMAN -> new BarmanLayout(source, listed, opened);
            case WAL_G -> new WalgLayout(listed, opened);
            case PGBACKREST -> new PgBackRestLayout(source, listed, opened);
            case ODOO_ZIP -> new SealedLayout(new OdooZipLayout(source, listed), source);
            case TAR -> new SealedLayout(new TarLayout(source, listed), source);
            case OBJECTS -> new ObjectsLayout(source, History.State.now(listed));
            case RESTIC -> new ResticLayout(source, listed, opened);
        };
    }

    /** The objects that stand for a backup each. */
    List<StoredObject> heads() throws Unreadable, InterruptedException;

    /** The name that a person calls the backup by. */
    default String name(StoredObject head) {
        return head.name();
    }

    /** What a runbook's pattern for names is compared with; one that fits is enough, and so is that none is known. */
    default List<String> labels(StoredObject head) {
        return List.of(name(head));
    }

    /** How the keys of all its objects begin. */
    default String base(StoredObject head) throws Unreadable, InterruptedException {
        return head.folder();
    }

    /** The objects that belong to a backup besides the one that stands for it. */
    default List<StoredObject> parts(StoredObject head) throws Unreadable, InterruptedException {
        return List.of();
    }

    /** Whether the objects are told apart from others of their keys already, so that nobody has to ask once more. */
    default boolean identified() {
        return false;
    }

    /** Where there is only one backup: why it is this, as a sentence. */
    default Optional<String> onlyChoice() {
        return Optional.empty();
    }

    /** The log without which a copy of a server is worth nothing; absent for what needs none. */
    default Optional<LogRange> log(StoredObject head) throws Unreadable, InterruptedException {
        return Optional.empty();
    }

    /** The folder of the archive that holds this backup's log, where an archive keeps several. */
    default String logFolder(StoredObject head) throws Unreadable, InterruptedException {
        return "";
    }

    /** How the archived log is encrypted. */
    default LogSeal logSeal() throws Unreadable, InterruptedException {
        return LogSeal.NONE;
    }

    /** What the listing alone says about the instant the backup is good for; absent when its bytes must be asked. */
    default Optional<Reading> claimedByListing(StoredObject head) {
        return Optional.empty();
    }

    /** What a look at the backup tells. */
    Judgement judge(StoredObject head, Probe probe) throws Unreadable, InterruptedException;
}
