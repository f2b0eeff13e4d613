package dev.muster.restore.sql;

import dev.muster.drill.BadBackup;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.restore.work.Job;
import dev.muster.restore.work.Notes;
import dev.muster.restore.work.Room;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Loads a dump in plain SQL over one connection. There is no psql in between: it runs programs when a dump tells it to,
 * and it takes a dump that is cut short for a whole one.
 */
final class SqlLoader {
    static final int LONGEST_STATEMENT = 64 << 20;

    private static final Pattern COPY_FROM = Pattern.compile("(?is)COPY\\s.*\\sFROM\\s+STDIN\\b.*");
    private static final Pattern COPY_PROGRAM = Pattern.compile("(?is)COPY\\s.*\\sPROGRAM\\s.*");
    private static final Pattern PLAIN_COPY = Pattern.compile("(?is)COPY\\s.*\\sFROM\\s+STDIN\\s*");
    private static final Pattern ESCAPING =
            Pattern.compile("(?is)SET\\s+standard_conforming_strings\\s*(?:=|TO)\\s*'?(on|off)'?\\s*");
    private static final Pattern WHOLE_DATABASE =
            Pattern.compile("(?is)(CREATE|DROP|ALTER)\\s+DATABASE\\s.*|COMMENT\\s+ON\\s+DATABASE\\s.*");
    private static final Pattern CREATE_DATABASE =
            Pattern.compile("(?is)CREATE\\s+DATABASE\\s+(\"(?:[^\"]|\"\")+\"|\\S+).*");

    private final Job job;
    private final Connection connection;
    private final SqlScript script;
    private final LongSupplier position;
    private final long size;
    private final Complaints complaints = new Complaints();
    private Optional<String> restriction = Optional.empty();
    private Optional<String> declaredDatabase = Optional.empty();
    private ScriptEncoding encoding = ScriptEncoding.UTF8;
    private long statements;
    private long rows;
    private boolean whole = true;
    private final Room room;

    /**
     * @param position how many bytes of the backup have been read
     * @param size how many there are
     */
    SqlLoader(Job job, Connection connection, SqlScript script, LongSupplier position, long size) {
        this.job = job;
        this.connection = connection;
        this.script = script;
        this.position = position;
        this.size = size;
        this.room = new Room(job);
    }

    /** Loads the script to its end and notes what was seen; the backup is bad unless all of it is in the database. */
    void load(Notes notes) throws IOException, SQLException, BadBackup, InterruptedException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            Optional<SqlPiece> piece = script.next();
            while (piece.isPresent()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                if (piece.get() instanceof SqlPiece.Order order) {
                    obey(order);
                } else if (piece.get() instanceof SqlPiece.Statement sql) {
                    execute(statement, sql);
                }
                job.progress().advances(job.work(), position.getAsLong(), size, Progress.Unit.BYTES);
                piece = whole && !complaints.enough() ? script.next() : Optional.empty();
            }
        }
        notes.observe("statements", statements);
        notes.observe("rows copied", rows);
        if (!complaints.enough() && !(whole && script.complete())) {
            throw job.bad(
                    "The dump is cut short at byte " + position.getAsLong() + " of its file: the line that ends every"
                            + " dump is missing",
                    job.address() + ", line " + script.line());
        }
        complaints.settle(job, notes);
    }

    private void execute(Statement statement, SqlPiece.Statement sql) throws IOException, SQLException, BadBackup {
        statements++;
        String text = sql.text();
        if (COPY_FROM.matcher(text).matches()) {
            copy(sql);
        } else if (COPY_PROGRAM.matcher(text).matches()) {
            throw job.bad("The dump wants to run a program on the server: " + text, at(sql));
        } else if (WHOLE_DATABASE.matcher(text).matches()) {
            declare(text);
        } else if (!encodes(text)) {
            try {
                statement.execute(text);
                escapes(text);
            } catch (SQLException e) {
                refused(e, sql, text);
            }
        }
    }

    /** Statements about the database as such are left out: the scratch has made one already. */
    private void declare(String text) {
        Matcher creates = CREATE_DATABASE.matcher(text);
        if (creates.matches()) {
            declaredDatabase = Optional.of(unquoted(creates.group(1)));
        }
    }

    /** The driver speaks UTF-8 alone, so that the dump's own encoding is seen to here. */
    private boolean encodes(String text) {
        Optional<ScriptEncoding> set = ScriptEncoding.setBy(text, job);
        set.ifPresent(next -> {
            encoding = next;
            script.read(next.charset());
        });
        return set.isPresent();
    }

    private void escapes(String text) {
        Matcher matcher = ESCAPING.matcher(text);
        if (matcher.matches()) {
            script.backslashesEscape(matcher.group(1).equalsIgnoreCase("off"));
        }
    }

    private void copy(SqlPiece.Statement sql) throws IOException, SQLException {
        String text = sql.text();
        if (!encoding.equals(ScriptEncoding.UTF8) && PLAIN_COPY.matcher(text).matches()) {
            text = text + " WITH (ENCODING '" + encoding.name() + "')";
        }
        CopyRows sink = new CopyRows();
        sink.begin(text);
        whole = script.rows(sink);
        sink.end();
        if (sink.failure.isPresent()) {
            refused(sink.failure.get(), sql, text);
        }
    }

    private void refused(SQLException e, SqlPiece.Statement sql, String text) throws SQLException {
        if (connection.isClosed() || String.valueOf(e.getSQLState()).startsWith("08")) {
            throw e;
        }
        String message = String.valueOf(e.getMessage());
        if (e instanceof org.postgresql.util.PSQLException server && server.getServerErrorMessage() != null) {
            message = String.valueOf(server.getServerErrorMessage().getMessage());
            String context = server.getServerErrorMessage().getWhere();
            if (context != null && COPY_FROM.matcher(text).matches()) {
                message = message + ", " + context.lines().findFirst().orElse("");
            }
        }
        complaints.add(new Complaint(message, text, "line " + sql.line()), job);
    }

    private void obey(SqlPiece.Order order) throws BadBackup {
        switch (order.name()) {
            case "\\restrict" -> restriction = Optional.of(order.argument());
            case "\\unrestrict" -> {
                if (!restriction.equals(Optional.of(order.argument()))) {
                    throw job.bad("The dump's \\unrestrict does not have the key of its \\restrict", at(order));
                }
                restriction = Optional.empty();
            }
            case "\\connect", "\\c" -> connect(order);
            default ->
                throw job.bad(
                        "The dump holds " + order.name() + ", an order to psql that no dump of a database needs",
                        at(order));
        }
    }

    private void connect(SqlPiece.Order order) {
        String name = order.argument().replaceFirst("^-reuse-previous=on\\s+\"dbname='(.*)'\"$", "$1");
        if (!declaredDatabase.equals(Optional.of(unquoted(name)))) {
            throw new CouldNotRun(new Problem(
                    "The dump goes on in another database (" + order.text() + "), as pg_dumpall writes it",
                    at(order),
                    "Muster drills one database at a time: back it up with pg_dump, best in the custom format"
                            + " (pg_dump -Fc), and the roles with pg_dumpall --globals-only."));
        }
    }

    private String at(SqlPiece piece) {
        return job.address() + ", line " + piece.line();
    }

    private static String unquoted(String name) {
        return name.startsWith("\"") && name.endsWith("\"") && name.length() > 1
                ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
                : name;
    }

    /** Passes rows on to the server; once it has refused, the rest is read past. */
    private final class CopyRows implements SqlScript.Rows {
        private Optional<CopyIn> copy = Optional.empty();
        private Optional<SQLException> failure = Optional.empty();

        void begin(String sql) {
            try {
                copy = Optional.of(
                        connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql));
            } catch (SQLException e) {
                failure = Optional.of(e);
            }
        }

        @Override
        public void take(byte[] bytes, int offset, int length) {
            room.watch(length);
            if (failure.isEmpty() && length > 0) {
                try {
                    copy.orElseThrow().writeToCopy(bytes, offset, length);
                } catch (SQLException e) {
                    failure = Optional.of(e);
                }
            }
            job.progress().advances(job.work(), position.getAsLong(), size, Progress.Unit.BYTES);
        }

        void end() {
            try {
                if (failure.isEmpty() && whole) {
                    rows += copy.orElseThrow().endCopy();
                } else if (copy.isPresent() && copy.get().isActive()) {
                    copy.get().cancelCopy();
                }
            } catch (SQLException e) {
                failure = failure.isPresent() ? failure : Optional.of(e);
            }
        }
    }
}
