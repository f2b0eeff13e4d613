package dev.muster.check;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A table or materialized view that is read in full.
 *
 * @param values what has to be read of each row
 */
record TableContents(long id, String name, boolean own, String values) implements Contents {
    // The text of bytes is twice as long as they are and may be more than the server can hold; their digest is not.
    // A column that is computed when it is read has nothing to be read, and would run functions of the restored system.
    private static final String TABLES = """
            select format('%I.%I', n.nspname, c.relname), c.oid >= 16384,
                   (select coalesce(string_agg(
                              format(case when a.atttypid = 'bytea'::regtype then 'pg_catalog.sha256(%I)' else '%I' end,
                                     a.attname),
                              ', ' order by a.attnum), '')
                    from pg_catalog.pg_attribute a
                    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated <> 'v'),
                   c.oid
            from pg_catalog.pg_class c
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'm') and c.relpersistence <> 't' and c.relispopulated
            order by c.relpages desc, c.oid""";

    static List<TableContents> all(Statement statement) throws SQLException {
        List<TableContents> tables = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(TABLES)) {
            while (rows.next()) {
                tables.add(
                        new TableContents(rows.getLong(4), rows.getString(1), rows.getBoolean(2), rows.getString(3)));
            }
        }
        return tables;
    }

    @Override
    public long read(Connection connection) throws SQLException {
        return read(connection, "");
    }

    /** Halves what is in doubt until one block is left, which costs no more than to read the table once again. */
    @Override
    public String region(Connection connection) throws SQLException {
        long sound = 0;
        long end = blocks(connection);
        while (end - sound > 1) {
            long middle = sound + (end - sound) / 2;
            try {
                long ignored = read(connection, " where ctid >= '(%d,0)' and ctid < '(%d,0)'".formatted(sound, middle));
                sound = middle;
            } catch (SQLException unreadable) {
                if (connection.isClosed() || ServerError.of(unreadable).endsTheSession()) {
                    throw unreadable;
                }
                end = middle;
            }
        }
        return " from ctid (" + sound + ",1) on";
    }

    private long blocks(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select pg_catalog.pg_relation_size(" + id
                        + ") / pg_catalog.current_setting('block_size')::bigint")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    // The server turns every value into text, for which it needs all of it, and throws the text away by itself.
    private long read(Connection connection, String where) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeLargeUpdate("copy (select " + values + " from only " + name + where
                    + ") to '/dev/null' (encoding 'sql_ascii')");
        }
    }
}
