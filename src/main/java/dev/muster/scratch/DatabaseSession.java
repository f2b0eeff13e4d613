package dev.muster.scratch;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** Connections to databases of scratches, in which times are those of UTC. */
final class DatabaseSession {
    private DatabaseSession() {}

    /** @param server host and port */
    static Connection open(String server, String database, Properties properties) throws SQLException {
        properties.setProperty("ApplicationName", "muster");
        properties.setProperty("gssEncMode", "disable");
        Connection connection = DriverManager.getConnection(
                "jdbc:postgresql://" + server + "/"
                        + URLEncoder.encode(database, StandardCharsets.UTF_8).replace("+", "%20"),
                properties);
        // The driver asks for the zone of this machine, which no restored row may depend on.
        try (Statement statement = connection.createStatement()) {
            statement.execute("set time zone 'UTC'");
        } catch (SQLException failed) {
            connection.close();
            throw failed;
        }
        return connection;
    }
}
