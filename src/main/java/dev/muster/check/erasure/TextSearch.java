package dev.muster.check.erasure;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks for identifiers in every text of some tables, whatever column it stands in. */
final class TextSearch {
    /** Anything shorter is part of many a word. */
    private static final int SHORTEST = 4;

    private static final String COLUMNS = """
            select format('%I.%I', n.nspname, c.relname), format('%I', a.attname)
            from pg_catalog.pg_class c
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            join pg_catalog.pg_type t on t.oid = a.atttypid
            left join pg_catalog.pg_type e on e.oid = t.typelem
            where c.oid = to_regclass(?) and c.relkind in ('r', 'p', 'm')
              and (t.typcategory = 'S' or t.typcategory = 'A' and e.typcategory = 'S'
                   or t.typname in ('json', 'jsonb', 'xml', 'hstore', 'bpchar'))
            order by a.attnum""";

    private final Connection connection;
    private final List<Column> columns;

    private TextSearch(Connection connection, List<Column> columns) {
        this.connection = connection;
        this.columns = columns;
    }

    private record Column(String table, String name) {}

    static TextSearch of(Connection connection, List<String> tables, String place) throws SQLException {
        List<Column> columns = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(COLUMNS)) {
            for (String table : tables) {
                int before = columns.size();
                query.setString(1, table);
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        columns.add(new Column(rows.getString(1), rows.getString(2)));
                    }
                }
                if (columns.size() == before) {
                    throw new CouldNotRun(new Problem(
                            "There is no table " + table + " with texts to search",
                            place + ".search",
                            "Correct the name; tables outside the schema public need their schema before it."));
                }
            }
        }
        return new TextSearch(connection, List.copyOf(columns));
    }

    int columns() {
        return columns.size();
    }

    /** Who is mentioned, each with the first column that does. */
    Map<Request, String> found(List<Request> requests, String list, Progress progress) throws SQLException {
        Map<Request, String> found = new LinkedHashMap<>();
        if (columns.isEmpty()) {
            return found;
        }
        requests.stream()
                .filter(request -> request.id().length() < SHORTEST)
                .findFirst()
                .ifPresent(brief -> {
                    throw new CouldNotRun(new Problem(
                            "The identifier in " + brief.told() + " is too short to be searched for in texts",
                            list,
                            "Name persons by at least " + SHORTEST
                                    + " characters, or leave \"search:\" out and ask with" + " \"absent:\" alone."));
                });
        int done = 0;
        for (Column column : columns) {
            String sql = ("select distinct i.n from %s t join unnest(?::text[]) with ordinality i(id, n)"
                            + " on position(lower(i.id) in lower(t.%s::text)) > 0")
                    .formatted(column.table(), column.name());
            try (PreparedStatement query = connection.prepareStatement(sql)) {
                query.setArray(
                        1,
                        connection.createArrayOf(
                                "text", requests.stream().map(Request::id).toArray()));
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        found.putIfAbsent(
                                requests.get(rows.getInt(1) - 1),
                                "the text of " + column.table() + "." + column.name());
                    }
                }
            }
            progress.advances("columns searched", ++done, columns.size(), Progress.Unit.ITEMS);
        }
        return found;
    }
}
