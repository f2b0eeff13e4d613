package dev.muster.check;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A rule of sorting that the database uses, and the versions of the library that knows it.
 *
 * @param recorded the version that the database was made with, empty where it says none
 * @param actual the version that the scratch's server has, empty where the library says none
 * @param bytewise whether it sorts by bytes, for which no library is asked
 */
record Collation(long id, String name, String recorded, String actual, boolean bytewise) {
    /** The number of the collation that stands for the database's own. */
    static final long OF_DATABASE = 100;

    // PostgreSQL 14 records no version for the database's own collation.
    private static final String IN_USE = """
            select %1$s::bigint, d.datcollate || coalesce(' ' || nullif(coalesce(j ->> 'datlocale', j ->> 'daticulocale'), ''), ''),
                   coalesce(j ->> 'datcollversion', ''), coalesce(%2$s, ''),
                   coalesce(j ->> 'datlocprovider', 'c') = 'c' and d.datcollate ~ '^(C|POSIX)($|[.])'
            from pg_catalog.pg_database d cross join lateral to_jsonb(d) j
            where d.datname = current_database()
            union all
            select l.oid::bigint, format('%%I', l.collname), coalesce(l.collversion, ''),
                   coalesce(pg_catalog.pg_collation_actual_version(l.oid), ''),
                   l.collprovider = 'c' and l.collcollate ~ '^(C|POSIX)($|[.])'
            from pg_catalog.pg_collation l
            where l.oid <> %1$s
              and (exists (select from pg_catalog.pg_index i where l.oid = any (i.indcollation::oid[]))
                   or exists (select from pg_catalog.pg_partitioned_table p where l.oid = any (p.partcollation::oid[])))
            order by 1""";

    /** The database's own and those of its indexes and partitions. */
    static List<Collation> inUse(Statement statement, int major) throws SQLException {
        String actual = major < 15 ? "null" : "pg_catalog.pg_database_collation_actual_version(d.oid)";
        List<Collation> collations = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(IN_USE.formatted(OF_DATABASE, actual))) {
            while (rows.next()) {
                collations.add(new Collation(
                        rows.getLong(1), rows.getString(2), rows.getString(3), rows.getString(4), rows.getBoolean(5)));
            }
        }
        return collations;
    }

    /** Whether both versions are known and one is not the other. */
    boolean differs() {
        return !bytewise && !recorded.isEmpty() && !actual.isEmpty() && !recorded.equals(actual);
    }

    /** Whether nobody can tell from the versions that it sorts as it did when the database was made. */
    boolean doubtful() {
        return !bytewise && (recorded.isEmpty() || !recorded.equals(actual));
    }

    @Override
    public String toString() {
        if (bytewise) {
            return name + ", by bytes";
        }
        return name + ", recorded " + (recorded.isEmpty() ? "no version" : recorded) + ", here "
                + (actual.isEmpty() ? "no version" : actual);
    }
}
