package dev.muster.check.odoo;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.scratch.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;

/**
 * What a restored Odoo is made of; its tables differ from version to version.
 *
 * @param modules the modules that it says are installed
 * @param columns the columns of all its tables, as {@code table.column}
 */
record OdooSchema(Set<String> modules, Set<String> columns) {
    private static final String COLUMNS = """
            select c.relname || '.' || a.attname
            from pg_catalog.pg_class c
            join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            where c.relnamespace = 'public'::pg_catalog.regnamespace and c.relkind in ('r', 'p')""";

    // On their way to another version are modules that are there.
    private static final String MODULES =
            "select name from public.ir_module_module where state in ('installed', 'to upgrade', 'to remove')";

    OdooSchema {
        modules = Set.copyOf(modules);
        columns = Set.copyOf(columns);
    }

    static OdooSchema read(Database database) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            Set<String> columns = texts(statement, COLUMNS);
            if (!columns.contains("ir_module_module.state")) {
                throw new CouldNotRun(new Problem(
                        "The restored database has no table ir_module_module, so it says not which modules it has",
                        "database " + database.name(),
                        "Take \"check: " + OdooInvariant.GROUP + "\" out of the runbook if this system is no Odoo;"
                                + " otherwise the database is not the one that the runbook means."));
            }
            return new OdooSchema(texts(statement, MODULES), columns);
        }
    }

    boolean has(String table, String column) {
        return columns.contains(table + "." + column);
    }

    private static Set<String> texts(Statement statement, String query) throws SQLException {
        Set<String> texts = new HashSet<>();
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }
}
