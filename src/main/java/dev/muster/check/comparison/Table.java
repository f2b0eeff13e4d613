package dev.muster.check.comparison;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A table of the restored system with its rows.
 *
 * @param quoted its name as SQL takes it
 * @param partitioned whether its rows lie in partitions
 * @param lasting whether it is compared on its own: partitions come and go, and unlogged tables are emptied by a recovery
 * @param values what stands for a row of it, as SQL
 */
public record Table(
        String schema,
        String name,
        String quoted,
        boolean partitioned,
        boolean lasting,
        String owner,
        String values,
        long rows) {

    // Bytes as text are twice as long as they are and may be more than the server can hold; their digest is not. A
    // column
    // that is computed when it is read would run functions of the restored system.
    private static final String ALL = """
            select n.nspname, c.relname, format('%I.%I', n.nspname, c.relname), c.relkind = 'p',
                   c.relpersistence = 'p' and not c.relispartition,
                   coalesce(o.rolname, ''),
                   (select coalesce(string_agg(
                              format(case when a.atttypid = 'bytea'::regtype then 'pg_catalog.sha256(t.%I)' else 't.%I' end,
                                     a.attname),
                              ', ' order by a.attnum), '')
                    from pg_catalog.pg_attribute a
                    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated <> 'v')
            from pg_catalog.pg_class c
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            left join pg_catalog.pg_roles o on o.oid = c.relowner
            where c.relkind in ('r', 'p') and c.relpersistence <> 't'
              and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
            order by 1, 2""";

    static List<Table> all(Connection connection) throws SQLException {
        List<Table> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(ALL)) {
            while (rows.next()) {
                tables.add(new Table(
                        rows.getString(1),
                        rows.getString(2),
                        rows.getString(3),
                        rows.getBoolean(4),
                        rows.getBoolean(5),
                        rows.getString(6),
                        rows.getString(7),
                        0));
            }
        }
        return tables;
    }

    Table counted(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet counted = statement.executeQuery("select count(*) from " + from())) {
            counted.next();
            return with(counted.getLong(1));
        }
    }

    Table with(long counted) {
        return new Table(schema, name, quoted, partitioned, lasting, owner, values, counted);
    }

    /** Where its own rows are: without those of tables that inherit from it, with those of its partitions. */
    String from() {
        return (partitioned ? "" : "only ") + quoted;
    }

    /** Its name as runbooks write it. */
    public String label() {
        return schema.equals("public") ? name : schema + "." + name;
    }

    public boolean answersTo(String asked) {
        return asked.equals(name) || asked.equals(schema + "." + name);
    }
}
