package dev.muster.restore.server;

import dev.muster.drill.BadBackup;
import dev.muster.drill.StoredObject;
import dev.muster.restore.files.Arrivals;
import dev.muster.restore.files.Landing;
import dev.muster.restore.files.TarFile;
import dev.muster.restore.work.Damaged;
import dev.muster.restore.work.Job;
import dev.muster.restore.work.Notes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The folder of a server that is put together again out of tars. */
final class ServerFolder {
    private static final List<String> FOLDERS = List.of(
            "pg_commit_ts",
            "pg_dynshmem",
            "pg_logical/mappings",
            "pg_logical/snapshots",
            "pg_notify",
            "pg_replslot",
            "pg_serial",
            "pg_snapshots",
            "pg_stat",
            "pg_stat_tmp",
            "pg_subtrans",
            "pg_tblspc",
            "pg_twophase",
            "pg_wal/archive_status");

    private final Job job;
    private final Notes notes;
    private final Path data;
    private final String tablespaces;
    private final Set<String> links = new TreeSet<>();
    private long unpacked;

    /** The folder that the scratch's server will run on. */
    ServerFolder(Job job, Notes notes) {
        this(job, notes, job.scratch().serverFolder(), "tablespace-");
    }

    /**
     * A folder that only serves to put another one together.
     *
     * @param tablespaces how the names of its tablespaces' folders begin in the scratch
     */
    ServerFolder(Job job, Notes notes, Path data, String tablespaces) {
        this.job = job;
        this.notes = notes;
        this.data = data;
        this.tablespaces = tablespaces;
    }

    Path data() {
        return data;
    }

    /** How many bytes have been unpacked so far. */
    long unpacked() {
        return unpacked;
    }

    /** The symbolic links of production that were left out. */
    Set<String> links() {
        return links;
    }

    /** Unpacks one of the backup's tars, which is not needed any more after that. */
    void unpack(StoredObject part, Path folder) throws IOException, BadBackup, InterruptedException {
        Job tar = job.of(part);
        unpacked += unpack(tar, (packed, size) -> new FilesOnly(new Landing(tar, folder, packed, size), links))
                .bytes();
    }

    /** Gives the entries of one of the backup's tars to what is made for them. */
    <A extends Arrivals> A unpack(Job tar, Arrivals.Maker<A> maker)
            throws IOException, BadBackup, InterruptedException {
        try {
            A landing = TarFile.unpack(tar, maker);
            Files.delete(tar.file());
            return landing;
        } catch (Damaged e) {
            throw tar.bad(String.valueOf(e.getMessage()));
        }
    }

    /** A folder in the scratch for a tablespace, in place of the one that production has on a disk of its own. */
    Path tablespace(String oid) throws IOException {
        Path folder = job.scratch().folder(tablespaces + oid);
        Path links = Files.createDirectories(data.resolve("pg_tblspc"));
        Files.deleteIfExists(links.resolve(oid));
        Files.createSymbolicLink(links.resolve(oid), folder);
        return folder;
    }

    /** Demands files of the major version that the scratch's server has: no other can read them. */
    void demandVersion() throws IOException, BadBackup {
        Path file = data.resolve("PG_VERSION");
        if (!Files.isRegularFile(file)) {
            throw job.bad("The backup holds no PG_VERSION, so it is no server's data folder");
        }
        demandVersion(Files.readString(file).strip());
    }

    /** Demands that the scratch's server is of the major version that these files are from. */
    void demandVersion(String version) {
        notes.fact("from PostgreSQL", version);
        if (!version.equals(String.valueOf(job.postgres()))) {
            throw job.cannot(
                    "The backup is from a PostgreSQL " + version + " server, and the scratch's would be "
                            + job.postgres() + ", which cannot read its files",
                    "Set scratch.postgres to " + version + " in the runbook, or run with --set scratch.postgres="
                            + version + ".");
        }
    }

    /**
     * Demands what a recovery begins with. Without its label a copy starts as if it had crashed, at another place of
     * the log, and looks healthy.
     */
    void demandRecoverable() throws BadBackup {
        for (String name : List.of("backup_label", "global/pg_control")) {
            if (!Files.isRegularFile(data.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
                throw job.bad("The backup holds no " + name + ", without which no recovery begins where it must");
            }
        }
    }

    /** Makes the folders that every server has, where backups leave out those that they keep nothing of. */
    void completeFolders() throws IOException {
        for (String name : FOLDERS) {
            Files.createDirectories(data.resolve(name));
        }
    }

    /** The identifier that the server's folder was given when it was made. */
    String system() throws IOException {
        try (InputStream in = Files.newInputStream(data.resolve("global/pg_control"))) {
            return Long.toUnsignedString(ByteBuffer.wrap(in.readNBytes(Long.BYTES))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .getLong());
        }
    }

    /** The links to tablespaces are made; the map would lead them back to where they lay in production. */
    void forgetOldPlaces() throws IOException {
        Files.deleteIfExists(data.resolve("tablespace_map"));
    }
}
