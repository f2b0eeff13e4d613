package dev.muster.check.erasure;

import dev.muster.check.ServerError;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.regex.Pattern;

/** A statement in which {@code :id} stands for an identifier. It is bound and never written into the text. */
record Statement(String sql, String place) {
    private static final Pattern IDENTIFIER = Pattern.compile("(?<![:\\w]):id(?!\\w)");

    /** A prepared statement that any number of identifiers may be bound to. */
    PreparedStatement prepare(Connection connection) throws SQLException {
        long wanted = IDENTIFIER.matcher(sql).results().count();
        PreparedStatement prepared =
                connection.prepareStatement(IDENTIFIER.matcher(sql).replaceAll("?"));
        try {
            // In quotes it would be a text like any other, and so would the server's own question marks be parameters.
            if (prepared.getParameterMetaData().getParameterCount() != wanted || wanted == 0) {
                throw new CouldNotRun(new Problem(
                        "The identifier cannot be bound in \"" + sql + "\"",
                        place,
                        "Write :id without quotes around it, and operators with a question mark as functions, such as"
                                + " jsonb_exists."));
            }
            return prepared;
        } catch (SQLException | CouldNotRun failed) {
            prepared.close();
            throw failed;
        }
    }

    /** The server finds out the type, as it does with a text in quotes. */
    static void bind(PreparedStatement prepared, Request request) throws SQLException {
        int count = prepared.getParameterMetaData().getParameterCount();
        for (int i = 1; i <= count; i++) {
            prepared.setObject(i, request.id(), Types.OTHER);
        }
    }

    /** What the server said, without the identifier that it may have said it about. */
    CouldNotRun failed(SQLException error, Request request) {
        String said = Pattern.compile(Pattern.quote(request.id()), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                .matcher(ServerError.of(error).toString())
                .replaceAll("...");
        return new CouldNotRun(new Problem(
                "\"" + sql + "\" failed for " + request.told() + " of the list: " + said,
                place,
                "Correct the statement, or the identifier in that line."));
    }
}
