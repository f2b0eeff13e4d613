package dev.muster.check;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A foreign key as pieces of SQL, in which {@code child} refers to {@code parent}.
 *
 * @param full whether a key that is given in part is at fault too (MATCH FULL)
 * @param given the condition under which a child's key is given
 * @param mixed the condition under which it is given in part
 * @param matching the condition under which a parent is the child's
 */
record ForeignKey(
        String name,
        String childTable,
        String childOnly,
        String parentTable,
        String parentOnly,
        boolean full,
        String given,
        String mixed,
        String matching,
        String shown) {

    /** The rows that refer to nothing. */
    record Orphans(ForeignKey key, long rows, String examples) {
        @Override
        public String toString() {
            return "%s, %s: orphaned rows %d, such as %s without their row in %s"
                    .formatted(key.childTable, key.name, rows, examples, key.parentTable);
        }
    }

    static ForeignKey read(ResultSet row) throws SQLException {
        return new ForeignKey(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getBoolean(6),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getString(10));
    }

    static Orphans prove(Connection connection, ForeignKey key) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(key.query())) {
            rows.next();
            return new Orphans(key, rows.getLong(1), String.valueOf(rows.getString(2)));
        }
    }

    private String query() {
        String orphans = """
                select json_build_array(%1$s)::text as key from %2$s%3$s child
                where %4$s and not exists (select from %5$s%6$s parent where %7$s)""".formatted(shown, childOnly, childTable, given, parentOnly, parentTable, matching);
        if (full) {
            // Apart from the anti-join, since an "or" beside it would make the server look up every row by itself.
            orphans += " union all select json_build_array(%s)::text from %s%s child where %s"
                    .formatted(shown, childOnly, childTable, mixed);
        }
        return "with orphan as (" + orphans + ") select count(*),"
                + " (select string_agg(key, ', ') from (select distinct key from orphan order by key limit 3) example) from orphan";
    }
}
