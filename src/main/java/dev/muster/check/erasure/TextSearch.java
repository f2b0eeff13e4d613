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
            select format('%I.%I', n.nspname, c.relname), format('%I', a.attname),
                   format(case when t.typcategory = 'A' then 'array_to_string(t.%I, chr(10))' else 't.%I::text' end, a.attname)
            from pg_catalog.pg_class c
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            join pg_catalog.pg_type t on t.oid = a.atttypid
            left join pg_catalog.pg_type e on e.oid = t.typelem
            where c.oid = to_regclass(?) and c.relkind in ('r', 'p', 'm')
              and (t.typcategory = 'S' or t.typcategory = 'A' and e.typcategory = 'S'
                   or t.typname in ('json', 'jsonb', 'xml', 'hstore', 'bpchar'))
            order by a.attnum""";

    // JSON writes quotation marks and backslashes with a backslash before them.
    private static final String SEARCH = """
            select distinct i.n
            from %1$s t
            join (select n, lower(id) as id, lower(trim(both '"' from to_json(id)::text)) as escaped
                  from unnest(?::text[]) with ordinality listed(id, n)) i
              on position(i.id in lower(%2$s)) > 0 or position(i.escaped in lower(%2$s)) > 0""";

    private final Connection connection;
    private final List<Column> columns;

    private TextSearch(Connection connection, List<Column> columns) {
        this.connection = connection;
        this.columns = columns;
    }

    /** A column, and the expression for the text in it. */
    private record Column(String table, String name, String text) {}

    static TextSearch of(Connection connection, List<String> tables, String place) throws SQLException {
        List<Column> columns = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(COLUMNS)) {
            for (String table : tables) {
                int before = columns.size();
                query.setString(1, table);
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        columns.add(new Column(rows.getString(1), rows.getString(2), rows.getString(3)));
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
            String sql = SEARCH.formatted(column.table(), column.text());
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
