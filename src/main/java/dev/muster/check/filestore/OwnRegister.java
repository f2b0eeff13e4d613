package dev.muster.check.filestore;

import dev.muster.check.ServerError;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.FileSource;
import dev.muster.drill.Problem;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes a register of the query and the path that a runbook gives.
 *
 * @param place where they stand, for whoever has to change them
 */
record OwnRegister(FileSource source, String place) {
    private static final Set<String> TIMES = Set.of("timestamp", "timestamptz", "date");

    FileRegister read(Connection connection) throws SQLException {
        Map<String, String> columns = columns(connection);
        FilePath path = new FilePath(source.path().orElse("{path}"));
        for (String column : path.columns()) {
            if (!columns.containsKey(column)) {
                throw new CouldNotRun(new Problem(
                        "The path of the files needs the column " + column + ", which their query does not give",
                        place,
                        "It gives " + String.join(", ", columns.keySet()) + ". Write one of these in braces under"
                                + " \"path:\", or let the query give the column " + column + "."));
            }
        }
        if (source.digest().isPresent() != columns.containsKey("digest")) {
            throw new CouldNotRun(
                    source.digest().isPresent()
                            ? new Problem(
                                    "The files' query gives no column digest",
                                    place,
                                    "Call the column with the recorded "
                                            + source.digest().get()
                                            + " so, as in \"select sha256 as digest\", or take \"digest:\" out.")
                            : new Problem(
                                    "The files' query gives digests, and nothing says of which kind",
                                    place,
                                    "Add \"digest: sha-256\" or whichever it is beside \"sql:\"."));
        }
        if (source.digest().isEmpty() && !columns.containsKey("size")) {
            throw new CouldNotRun(new Problem(
                    "The files' query gives neither digest nor size, so nothing says whether a file is right",
                    place,
                    "Let it give the column size, and better the column digest with \"digest: sha-256\"."));
        }
        String named = """
                (select %s as path, %s as owner, %s as size, %s as digest, %s as written from (
                %s
                ) file) named""".formatted(
                        path.sql(column -> text(columns, column)),
                        columns.containsKey("owner") ? "file.owner::text" : "null::text",
                        columns.containsKey("size") ? "file.size::bigint" : "null::bigint",
                        columns.containsKey("digest") ? text(columns, "digest") : "null::text",
                        written(columns),
                        query());
        return new FileRegister(
                "the application",
                "the query under \"files:\"",
                Optional.empty(),
                """
                select path, count(*) as rows, min(owner) as owner,
                       min(size) as size, count(distinct size) > 1 as sizes_differ,
                       min(digest) as digest, count(distinct digest) > 1 as digests_differ,
                       case when count(*) = count(written) then min(written) end as written
                from %s where path is not null group by path""".formatted(named),
                Optional.empty(),
                "select count(*) from " + named + " where path is null",
                Set.of(),
                Optional.empty(),
                source.path().map(any -> path.layout()),
                source.digest().map(algorithm -> algorithm.toUpperCase(Locale.ROOT)));
    }

    private String query() {
        return source.sql().strip().replaceFirst(";$", "");
    }

    /** The type of each column that the query gives. */
    private Map<String, String> columns(Connection connection) throws SQLException {
        Map<String, String> columns = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet none = statement.executeQuery("select * from (\n" + query() + "\n) file limit 0")) {
            ResultSetMetaData given = none.getMetaData();
            for (int i = 1; i <= given.getColumnCount(); i++) {
                columns.put(given.getColumnLabel(i), given.getColumnTypeName(i));
            }
            return columns;
        } catch (SQLException error) {
            if (connection.isClosed()) {
                throw error;
            }
            throw new CouldNotRun(new Problem(
                    "The files' query has no answer: " + ServerError.of(error),
                    place,
                    "See whether the tables came back at all, then correct the query: one that only reads, and gives"
                            + " columns of different names."));
        }
    }

    private static String text(Map<String, String> columns, String column) {
        String quoted = "file.\"" + column + "\"";
        if ("bytea".equals(columns.get(column))) {
            return "encode(" + quoted + ", 'hex')";
        }
        return column.equals("digest") ? "lower(nullif(" + quoted + "::text, ''))" : quoted + "::text";
    }

    /** An instant in UTC; times without a zone are taken for that. */
    private String written(Map<String, String> columns) {
        String type = columns.getOrDefault("written", "");
        if (type.isEmpty()) {
            return "null::timestamp";
        }
        if (!TIMES.contains(type)) {
            throw new CouldNotRun(new Problem(
                    "The files' query gives " + type + " for written, which names no instant",
                    place,
                    "Let it give a timestamp, such as to_timestamp(seconds) as written."));
        }
        return type.equals("timestamptz") ? "file.written at time zone 'UTC'" : "file.written::timestamp";
    }
}
