package dev.muster.check.filestore;

import dev.muster.check.Subject;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.FileSource;
import dev.muster.drill.Problem;
import dev.muster.drill.Step;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files that a restored database names, and the folder that they lie in. */
record FileStock(FileRegister register, StoreFolder folder, Connection connection) {
    /** The group of checks about it. */
    static final String GROUP = "filestore-consistency";

    private static final int SAMPLE = 20;

    /** Takes the files that the step describes, else those of the application that is known. */
    static FileStock find(FileRegister known, Step.Check step, Subject subject, Connection connection)
            throws SQLException, IOException {
        Optional<FileSource> own = step.filekeeping().files();
        FileRegister register = own.isEmpty()
                ? known
                : new OwnRegister(own.get(), subject.runbook().file() + ", check " + step.name() + ", files")
                        .read(connection);
        if (register.table().isPresent()
                && number(connection, "select count(to_regclass('" + register.source() + "'))") == 0) {
            throw new CouldNotRun(noTable(register, subject));
        }
        List<NamedFile> sample = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(register.files() + " limit " + SAMPLE)) {
            while (rows.next()) {
                sample.add(NamedFile.read(rows));
            }
        }
        return new FileStock(
                register, StoreFolder.find(subject.restoredFilestore(), register.housekeeping(), sample), connection);
    }

    long number(String query) throws SQLException {
        return number(connection, query);
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static Problem noTable(FileRegister register, Subject subject) {
        return new Problem(
                "The restored database has no table " + register.source()
                        + ", so nothing says which files belong to it",
                "database " + subject.restoredDatabase().name(),
                "Say under \"files:\" beside \"check: " + GROUP + "\" in "
                        + subject.runbook().file() + " what names them, if this system is no "
                        + register.application() + "; otherwise the database is not the one that the runbook means.");
    }
}
