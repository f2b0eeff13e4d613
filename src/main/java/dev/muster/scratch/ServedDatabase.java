package dev.muster.scratch;

import dev.muster.drill.Endpoint;
import dev.muster.drill.Secret;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;

/**
 * A database of a server that runs beside the scratch.
 *
 * @param passwords a file with the password, for client programs
 */
public record ServedDatabase(
        String name, int major, String version, Endpoint server, String user, Secret password, Path passwords)
        implements Database {
    private static final int HUNDREDS = 10_000;

    /** Asks the server what it is. */
    public static ServedDatabase of(String name, Endpoint server, String user, Secret password, Path passwords)
            throws SQLException {
        ServedDatabase unknown = new ServedDatabase(name, 0, "", server, user, password, passwords);
        try (Connection connection = unknown.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select current_setting('server_version_num')::int")) {
            row.next();
            return new ServedDatabase(
                    name,
                    row.getInt(1) / HUNDREDS,
                    connection.getMetaData().getDatabaseProductVersion(),
                    server,
                    user,
                    password,
                    passwords);
        }
    }

    @Override
    public Database named(String other) {
        return new ServedDatabase(other, major, version, server, user, password, passwords);
    }

    @Override
    public Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password.reveal());
        properties.setProperty("connectTimeout", "30");
        return DatabaseSession.open(server.toString(), name, properties);
    }

    @Override
    public Map<String, String> environment() {
        return Map.of(
                "PGHOST", server.host(),
                "PGPORT", String.valueOf(server.port()),
                "PGUSER", user,
                "PGDATABASE", name,
                "PGPASSFILE", passwords.toString());
    }

    /** Its settings are the operator's, as in production. */
    @Override
    public Map<String, String> tuning() {
        return Map.of();
    }
}
