package dev.muster.check.erasure;

import dev.muster.check.ServerError;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Erasure;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whether the runbook's own queries find persons. */
record Presence(Erasure erasure, String place, Progress progress) {

    /** Who is there, each with the first query that found them. */
    Map<Request, String> found(Connection connection, List<Request> requests) throws SQLException {
        Map<Request, String> found = new LinkedHashMap<>();
        for (String sql : erasure.absent()) {
            Statement query = new Statement(sql, place + ".absent");
            try (PreparedStatement prepared = prepare(query, connection)) {
                int done = 0;
                for (Request request : requests) {
                    if (count(query, prepared, request).signum() != 0) {
                        found.putIfAbsent(request, "\"" + sql + "\"");
                    }
                    progress.advances("persons looked for", ++done, requests.size(), Progress.Unit.ITEMS);
                }
            }
        }
        return found;
    }

    /** Prepares a statement; what is wrong with it has nothing to do with any person. */
    static PreparedStatement prepare(Statement statement, Connection connection) throws SQLException {
        try {
            return statement.prepare(connection);
        } catch (SQLException error) {
            if (connection.isClosed()) {
                throw error;
            }
            throw new CouldNotRun(new Problem(
                    "\"" + statement.sql() + "\" failed: " + ServerError.of(error),
                    statement.place(),
                    "See whether the tables came back at all, then correct the statement."));
        }
    }

    private static BigInteger count(Statement query, PreparedStatement prepared, Request request) throws SQLException {
        try {
            Statement.bind(prepared, request);
            try (ResultSet rows = prepared.executeQuery()) {
                if (rows.getMetaData().getColumnCount() == 1 && rows.next()) {
                    String count = rows.getString(1);
                    if (count != null && count.matches("\\d+") && !rows.next()) {
                        return new BigInteger(count);
                    }
                }
            }
        } catch (SQLException error) {
            throw query.failed(error, request);
        }
        throw new CouldNotRun(new Problem(
                "\"" + query.sql() + "\" does not give one number",
                query.place(),
                "Let it count what is there, as \"select count(*) from ... where email = :id\" does."));
    }
}
