package dev.muster.check.comparison;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The digest of all rows of a table, whatever their order, by settings that are the same wherever it is made. */
final class RowDigests {
    static final String FORMULA =
            "sum(hashtextextended(textin(record_out(row(COLUMNS))) collate \"C\", 0)::numeric), bytea as its sha256";

    // Text of values depends on these. Names are looked up where the server's own are, so that nothing restored stands
    // in.
    private static final String SETTINGS = """
            set search_path = pg_catalog;
            set timezone = 'UTC';
            set datestyle = 'ISO, YMD';
            set intervalstyle = 'postgres';
            set extra_float_digits = 1;
            set bytea_output = 'hex';
            set lc_monetary = 'C';
            set xmloption = 'content';
            set row_security = off""";

    private RowDigests() {}

    static void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(SETTINGS);
        }
    }

    /** The rows and their digest, read once. */
    static Digested of(Connection connection, Table table) throws SQLException {
        // The row's own output and no cast: a restored database may bring casts of its own.
        String query = "select count(*), coalesce(sum(pg_catalog.hashtextextended("
                + "pg_catalog.textin(pg_catalog.record_out(row(" + table.values()
                + "))) collate \"C\", 0)::numeric), 0)"
                + " from " + table.from() + " t";
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return new Digested(table.with(rows.getLong(1)), rows.getString(2));
        }
    }

    /** A table with the digest of its rows. */
    record Digested(Table table, String digest) {}
}
