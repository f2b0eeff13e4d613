package dev.muster.check.comparison;

import dev.muster.check.Lanes;
import dev.muster.drill.Progress;
import dev.muster.scratch.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The tables of one restored database with their rows, counted once for every check that needs the figures. */
public final class Counting {
    private Optional<List<Table>> counted = Optional.empty();

    public synchronized List<Table> tables(Database database, Progress progress)
            throws SQLException, InterruptedException {
        if (counted.isEmpty()) {
            counted = Optional.of(new Lanes(database, "rows counted by table", progress)
                    .ask(all(database), (lane, table) -> table.counted(lane)));
        }
        return counted.get();
    }

    /** The rows of each table that lasts from one drill to the next; absent as long as nobody had them counted. */
    public synchronized Optional<Map<String, Long>> rows() {
        return counted.map(tables -> {
            Map<String, Long> rows = new TreeMap<>();
            tables.stream().filter(Table::lasting).forEach(table -> rows.put(table.label(), table.rows()));
            return rows;
        });
    }

    private static List<Table> all(Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            return Table.all(connection);
        }
    }
}
