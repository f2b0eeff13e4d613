package dev.muster.check.filestore;

import dev.muster.check.Answer;
import dev.muster.check.Check;
import dev.muster.check.Subject;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.drill.Step;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Is every file there that the database names, with the size and the digest that it records? */
public final class FilesComplete implements Check {
    private static final int BATCH = 1000;
    private static final int SAMPLE = 20;
    private static final String WORK = "attachments read";

    private final FileRegister register;

    public FilesComplete(FileRegister register) {
        this.register = register;
    }

    @Override
    public String name() {
        return "attachments-complete";
    }

    @Override
    public String group() {
        return "filestore-consistency";
    }

    @Override
    public Answer ask(Step.Check step, Subject subject, Progress progress)
            throws SQLException, IOException, InterruptedException {
        try (Connection connection = subject.restoredDatabase().connect()) {
            // Only within a transaction does the driver hand on rows as they come instead of holding all of them.
            connection.setAutoCommit(false);
            if (number(connection, "select count(to_regclass('" + register.table() + "'))") == 0) {
                return Answer.couldNotRun(noTable(subject), Map.of());
            }
            Skew skew = Skew.of(subject);
            StoreFolder folder = StoreFolder.find(
                    subject.restoredFilestore(),
                    register.housekeeping(),
                    named(connection, register.files() + " limit " + SAMPLE));
            Inventory inventory = new Inventory(
                    register,
                    subject,
                    folder,
                    files(connection, folder, new Tally(skew), progress),
                    embedded(connection, new Tally(skew)),
                    number(connection, register.elsewhere()),
                    folder.contents());
            return inventory.answer();
        }
    }

    private Tally files(Connection connection, StoreFolder folder, Tally tally, Progress progress)
            throws SQLException, IOException, InterruptedException {
        long total = number(connection, "select coalesce(sum(size), 0) from (" + register.files() + ") file");
        ExecutorService readers =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try (PreparedStatement statement = connection.prepareStatement(register.files())) {
            statement.setFetchSize(BATCH);
            try (ResultSet rows = statement.executeQuery()) {
                List<NamedFile> batch = new ArrayList<>();
                boolean more = rows.next();
                while (more) {
                    batch.add(NamedFile.read(rows));
                    more = rows.next();
                    if (batch.size() == BATCH || !more) {
                        inspect(batch, folder, readers, tally);
                        progress.advances(WORK, tally.bytes(), total, Progress.Unit.BYTES);
                        batch.clear();
                    }
                }
            }
            return tally;
        } finally {
            readers.shutdownNow();
        }
    }

    private static void inspect(List<NamedFile> batch, StoreFolder folder, ExecutorService readers, Tally tally)
            throws IOException, InterruptedException {
        List<Callable<Inspected>> readings = new ArrayList<>();
        batch.forEach(file -> readings.add(() -> folder.inspect(file)));
        for (Future<Inspected> reading : readers.invokeAll(readings)) {
            try {
                tally.add(reading.get());
            } catch (ExecutionException broken) {
                if (broken.getCause() instanceof IOException unreadable) {
                    throw unreadable;
                }
                throw new IllegalStateException(broken.getCause());
            }
        }
    }

    private Tally embedded(Connection connection, Tally tally) throws SQLException, IOException {
        try (PreparedStatement statement = connection.prepareStatement(register.embedded())) {
            // One content may be as large as a value can be.
            statement.setFetchSize(1);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    NamedFile file = new NamedFile(
                            "in the database",
                            NamedFile.owner(rows),
                            1,
                            OptionalLong.empty(),
                            Optional.ofNullable(rows.getString("sha1")),
                            false,
                            Optional.empty());
                    try (InputStream content = rows.getBinaryStream("content")) {
                        tally.add(Inspected.compare(file, Sha1.of(content)));
                    }
                }
            }
        }
        return tally;
    }

    private static List<NamedFile> named(Connection connection, String query) throws SQLException {
        List<NamedFile> files = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                files.add(NamedFile.read(rows));
            }
        }
        return files;
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private Problem noTable(Subject subject) {
        return new Problem(
                "The restored database has no table " + register.table() + ", so nothing says which files belong to it",
                "database " + subject.restoredDatabase().name(),
                "Take \"check: " + group() + "\" out of " + subject.runbook().file() + " if this system is no "
                        + register.application() + "; otherwise the database is not the one that the runbook means.");
    }
}
