package dev.muster.restore.neutralise;

import java.util.Set;

/**
 * A way by which a restored application could reach out, and how the data shuts it.
 *
 * @param name what it is, for the reader of a report
 * @param table the table that holds it
 * @param columns what the table must have for it to exist
 * @param open the condition under which a row is still a way out
 * @param shut the statement that leaves no such row
 */
record Outlet(String name, String table, Set<String> columns, String open, String shut) {
    public Outlet {
        columns = Set.copyOf(columns);
    }

    /** An outlet whose open rows are updated. */
    static Outlet updated(String name, String table, Set<String> columns, String open, String change) {
        return new Outlet(name, table, columns, open, "update %s set %s where %s".formatted(table, change, open));
    }

    /** An outlet whose open rows are deleted. */
    static Outlet deleted(String name, String table, Set<String> columns, String open) {
        return new Outlet(name, table, columns, open, "delete from %s where %s".formatted(table, open));
    }

    /** An outlet that is a credential in a column of its own. */
    static Outlet credential(String name, String table, String column) {
        return updated(name, table, Set.of(column), column + " is not null", column + " = null");
    }

    String count() {
        return "select count(*) from %s where %s".formatted(table, open);
    }
}
