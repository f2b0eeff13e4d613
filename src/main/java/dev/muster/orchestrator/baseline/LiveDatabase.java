package dev.muster.orchestrator.baseline;

import dev.muster.check.ServerError;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.scratch.Database;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;

/** A live database as it was at one instant: every connection to it reads the same snapshot, and nothing else than reads. */
final class LiveDatabase implements Database, AutoCloseable {
    private static final int OLDEST = 14;
    private static final String READ_ONLY = "start transaction isolation level repeatable read, read only";

    private final LiveAddress address;
    private final Connection first;
    private final String snapshot;
    private final Instant at;

    private LiveDatabase(LiveAddress address, Connection first, String snapshot, Instant at) {
        this.address = address;
        this.first = first;
        this.snapshot = snapshot;
        this.at = at;
    }

    static LiveDatabase open(LiveAddress address) {
        try {
            Connection connection = DriverManager.getConnection(address.jdbc(), address.properties());
            try {
                int major = connection.getMetaData().getDatabaseMajorVersion();
                if (major < OLDEST) {
                    throw new CouldNotRun(new Problem(
                            "The live database is a PostgreSQL " + major + ", and baselines begin with " + OLDEST,
                            address.place(),
                            "Name a newer server, or take the baseline from a restore with --from-drill."));
                }
                begin(connection);
                try (Statement statement = connection.createStatement();
                        ResultSet row =
                                statement.executeQuery("select pg_export_snapshot(), transaction_timestamp()")) {
                    row.next();
                    return new LiveDatabase(
                            address,
                            connection,
                            row.getString(1),
                            row.getObject(2, OffsetDateTime.class).toInstant());
                }
            } catch (SQLException | CouldNotRun failed) {
                connection.close();
                throw failed;
            }
        } catch (SQLException refused) {
            throw unable(address, refused);
        }
    }

    private static void begin(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // Whoever changes a table's form in production waits for no more than this.
            statement.execute("set lock_timeout = '10s'");
            statement.execute("set time zone 'UTC'");
            // The first connection only holds the snapshot while the others read.
            statement.execute("set idle_in_transaction_session_timeout = 0");
            statement.execute("set statement_timeout = 0");
            statement.execute(READ_ONLY);
        }
    }

    static CouldNotRun unable(LiveAddress address, SQLException refused) {
        return new CouldNotRun(
                new Problem(
                        "The live database could not be read: " + ServerError.of(refused),
                        address.place(),
                        "The user in the address needs the right to connect and to read every table: \"grant"
                                + " pg_read_all_data to NAME\", and \"alter role NAME bypassrls\" where tables have"
                                + " policies. Its password is \"baseline.password\" in the runbook."),
                refused);
    }

    /** The instant of the snapshot, by the server's clock. */
    Instant at() {
        return at;
    }

    @Override
    public Connection connect() throws SQLException {
        Connection connection = DriverManager.getConnection(address.jdbc(), address.properties());
        try (Statement statement = connection.createStatement()) {
            begin(connection);
            statement.execute("set transaction snapshot '" + snapshot.replace("'", "''") + "'");
            return connection;
        } catch (SQLException failed) {
            connection.close();
            throw failed;
        }
    }

    @Override
    public String name() {
        return address.name();
    }

    @Override
    public Database named(String other) {
        throw new IllegalStateException("of a live server only " + name() + " is read, and not " + other);
    }

    @Override
    public int major() {
        try {
            return first.getMetaData().getDatabaseMajorVersion();
        } catch (SQLException gone) {
            throw unable(address, gone);
        }
    }

    @Override
    public String version() {
        try {
            return first.getMetaData().getDatabaseProductVersion();
        } catch (SQLException gone) {
            throw unable(address, gone);
        }
    }

    @Override
    public Map<String, String> environment() {
        return Map.of();
    }

    @Override
    public Map<String, String> tuning() {
        return Map.of();
    }

    @Override
    public void close() throws SQLException {
        first.close();
    }
}
