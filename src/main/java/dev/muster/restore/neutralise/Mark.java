package dev.muster.restore.neutralise;

import java.util.List;
import java.util.Set;

/**
 * A row that a neutralised database must hold.
 *
 * @param columns what the table must have for the row to be possible
 * @param there the condition by which the row is known
 * @param make the statements that make it
 */
record Mark(String name, String table, Set<String> columns, String there, List<String> make) {
    public Mark {
        columns = Set.copyOf(columns);
        make = List.copyOf(make);
    }

    String count() {
        return "select count(*) from %s where %s".formatted(table, there);
    }
}
