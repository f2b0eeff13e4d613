package dev.muster.restore.sql;

import dev.muster.backup.format.DumpHeader;
import dev.muster.drill.BadBackup;
import dev.muster.drill.CouldNotRun;
import dev.muster.restore.work.Job;
import dev.muster.restore.work.Notes;
import dev.muster.restore.work.PackedStream;
import dev.muster.scratch.Database;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** A dump in plain SQL, compressed or not. */
public final class PlainDump {
    /** So much of a dump's beginning holds its header. */
    public static final int HEAD = 1 << 16;

    private PlainDump() {}

    public static void restore(Job job, Notes notes, DumpHeader header)
            throws IOException, SQLException, BadBackup, InterruptedException {
        try (PackedStream stream = PackedStream.open(job.file())) {
            Database database = open(job, notes, header, "");
            SqlScript script = new SqlScript(stream, SqlLoader.LONGEST_STATEMENT);
            load(
                    job,
                    notes,
                    database,
                    connection -> new SqlLoader(job, connection, script, stream::position, stream.size()));
        }
        notes.proves(Dump.proven(job, header.started(job.backup().source().zone())));
    }

    /** Restores a dump that lies within something else. */
    public static void restore(Job job, Notes notes, DumpHeader header, String name, InputStream content, long size)
            throws IOException, SQLException, BadBackup, InterruptedException {
        Database database = open(job, notes, header, name);
        SqlScript script = new SqlScript(content, SqlLoader.LONGEST_STATEMENT);
        load(job, notes, database, connection -> new SqlLoader(job, connection, script, script::bytes, size));
        notes.proves(Dump.proven(job, header.started(job.backup().source().zone())));
    }

    private static Database open(Job job, Notes notes, DumpHeader header, String name) throws InterruptedException {
        Dump.admit(job, notes, header.serverMajor(), header.dumperMajor());
        return Dump.start(job, notes, name);
    }

    private interface Loading {
        SqlLoader over(Connection connection);
    }

    private static void load(Job job, Notes notes, Database database, Loading loading)
            throws IOException, SQLException, BadBackup, InterruptedException {
        try (Connection connection = database.connect()) {
            SqlLoader loader = loading.over(connection);
            endingOnInterrupt(connection, () -> {
                loader.load(notes);
                return null;
            });
        }
        Dump.count(notes, database);
        job.progress().says("restored " + job.backup().asset().label() + " from " + job.address());
    }

    /** A statement that runs in the server hears no interrupt; closing its connection does end it. */
    private static void endingOnInterrupt(Connection connection, Callable<Void> work)
            throws IOException, SQLException, BadBackup, InterruptedException {
        FutureTask<Void> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "restore");
        thread.setDaemon(true);
        thread.start();
        try {
            task.get();
        } catch (InterruptedException e) {
            connection.abort(Runnable::run);
            thread.interrupt();
            thread.join();
            throw e;
        } catch (ExecutionException e) {
            rethrow(e.getCause());
        }
    }

    private static void rethrow(@Nullable Throwable cause)
            throws IOException, SQLException, BadBackup, InterruptedException {
        if (cause instanceof IOException e) {
            throw e;
        } else if (cause instanceof SQLException e) {
            throw e;
        } else if (cause instanceof BadBackup e) {
            throw e;
        } else if (cause instanceof InterruptedException e) {
            throw e;
        } else if (cause instanceof CouldNotRun e) {
            throw e;
        }
        throw new IllegalStateException(cause);
    }
}
