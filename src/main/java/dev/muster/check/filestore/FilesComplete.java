package dev.muster.check.filestore;

import dev.muster.check.Answer;
import dev.muster.check.Check;
import dev.muster.check.ReadOnly;
import dev.muster.check.Subject;
import dev.muster.drill.Progress;
import dev.muster.drill.Step;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Is every file there that the database names, with the size and the digest that it records? */
public final class FilesComplete implements Check {
    public static final String NAME = "attachments-complete";

    /** What it observes of files that are missing because the filestore is older than the database. */
    public static final String LATE = Tally.MISSING_AND_YOUNG;

    private static final int BATCH = 1000;
    private static final String WORK = "attachments read";

    private final FileRegister known;

    /** @param known the register for runbooks that bring none of their own */
    public FilesComplete(FileRegister known) {
        this.known = known;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String group() {
        return FileStock.GROUP;
    }

    @Override
    public Answer ask(Step.Check step, Subject subject, Progress progress)
            throws SQLException, IOException, InterruptedException {
        try (Connection connection = ReadOnly.connect(subject.restoredDatabase())) {
            FileStock stock = FileStock.find(known, step, subject, connection);
            Skew skew = Skew.of(subject, step.filekeeping().skew());
            return new Inventory(
                            stock.register(),
                            subject,
                            stock.folder(),
                            skew,
                            files(stock, new Tally(skew), progress),
                            embedded(stock, new Tally(skew)),
                            stock.number(stock.register().elsewhere()))
                    .answer();
        }
    }

    private static Tally files(FileStock stock, Tally tally, Progress progress)
            throws SQLException, IOException, InterruptedException {
        long total = stock.number(
                "select coalesce(sum(size), 0) from (" + stock.register().files() + ") file");
        ExecutorService readers =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try (PreparedStatement statement =
                stock.connection().prepareStatement(stock.register().files())) {
            statement.setFetchSize(BATCH);
            try (ResultSet rows = statement.executeQuery()) {
                List<NamedFile> batch = new ArrayList<>();
                boolean more = rows.next();
                while (more) {
                    batch.add(NamedFile.read(rows));
                    more = rows.next();
                    if (batch.size() == BATCH || !more) {
                        inspect(batch, stock, readers, tally);
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

    private static void inspect(List<NamedFile> batch, FileStock stock, ExecutorService readers, Tally tally)
            throws IOException, InterruptedException {
        List<Callable<Inspected>> readings = new ArrayList<>();
        batch.forEach(file ->
                readings.add(() -> stock.folder().inspect(file, stock.register().digest())));
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

    private static Tally embedded(FileStock stock, Tally tally) throws SQLException, IOException {
        if (stock.register().embedded().isEmpty()) {
            return tally;
        }
        String algorithm = stock.register().digest().orElseThrow();
        try (PreparedStatement statement =
                stock.connection().prepareStatement(stock.register().embedded().get())) {
            // One content may be as large as a value can be.
            statement.setFetchSize(1);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    try (InputStream content = rows.getBinaryStream("content")) {
                        tally.add(Inspected.compare(
                                NamedFile.embedded(rows), ContentDigest.of(content, algorithm, Integer.MAX_VALUE)));
                    }
                }
            }
        }
        return tally;
    }
}
