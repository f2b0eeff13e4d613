package dev.muster.catalog.people;

import java.sql.SQLException;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.Update;

/** Adds a row unless another process was quicker. */
final class Insertion {
    private static final String UNIQUE_VIOLATION = "23505";

    private Insertion() {}

    /** Whether the row was added; not within a transaction, which PostgreSQL would give up. */
    static boolean unlessThere(Update insert) {
        try {
            return insert.execute() == 1;
        } catch (JdbiException failed) {
            if (failed.getCause() instanceof SQLException cause && UNIQUE_VIOLATION.equals(cause.getSQLState())) {
                return false;
            }
            throw failed;
        }
    }
}
