package dev.muster.check;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A large object, which the database keeps beside its tables and hands out by its number. */
record LargeObject(long id) implements Contents {
    // In pieces, as the server hands out no more than a gigabyte at once.
    private static final String READ = """
            select coalesce(sum(pg_catalog.length(pg_catalog.lo_get(piece.id, piece.at, 4194304))), 0)
            from (select loid as id, pg_catalog.generate_series(
                             0, max(pageno) * (pg_catalog.current_setting('block_size')::bigint / 4), 4194304) as at
                  from pg_catalog.pg_largeobject where loid = ?::bigint::oid group by loid) piece""";

    static List<LargeObject> all(Statement statement) throws SQLException {
        List<LargeObject> objects = new ArrayList<>();
        try (ResultSet rows =
                statement.executeQuery("select oid from pg_catalog.pg_largeobject_metadata order by oid")) {
            while (rows.next()) {
                objects.add(new LargeObject(rows.getLong(1)));
            }
        }
        return objects;
    }

    @Override
    public String name() {
        return "large object " + id;
    }

    @Override
    public boolean own() {
        return true;
    }

    @Override
    public long read(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(READ)) {
            statement.setLong(1, id);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    @Override
    public String region(Connection connection) {
        return "";
    }
}
