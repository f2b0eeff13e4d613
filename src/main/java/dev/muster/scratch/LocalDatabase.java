package dev.muster.scratch;

import dev.muster.drill.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;

/** A database of a server that runs in a local scratch, reached over loopback. */
record LocalDatabase(
        String name, int major, String version, int port, Secret password, Path passwords, Map<String, String> tuning)
        implements Database {
    /** The server's data folder within the scratch. */
    static final String FOLDER = "database";

    static final String HOST = "127.0.0.1";
    static final String SUPERUSER = "muster";

    @Override
    public Connection connect() throws SQLException {
        return connect(port, name, password);
    }

    static Connection connect(int port, String database, Secret password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", SUPERUSER);
        properties.setProperty("password", password.reveal());
        properties.setProperty("ApplicationName", "muster");
        properties.setProperty("sslmode", "disable");
        properties.setProperty("gssEncMode", "disable");
        String address = "jdbc:postgresql://" + HOST + ":" + port + "/"
                + URLEncoder.encode(database, StandardCharsets.UTF_8).replace("+", "%20");
        Connection connection = DriverManager.getConnection(address, properties);
        // The driver asks for the zone of this machine, which no restored row may depend on.
        try (Statement statement = connection.createStatement()) {
            statement.execute("set time zone 'UTC'");
        } catch (SQLException failed) {
            connection.close();
            throw failed;
        }
        return connection;
    }

    @Override
    public Database beside(String other) {
        return new LocalDatabase(other, major, version, port, password, passwords, tuning);
    }

    @Override
    public Map<String, String> environment() {
        return Map.of(
                "PGHOST", HOST,
                "PGPORT", String.valueOf(port),
                "PGUSER", SUPERUSER,
                "PGDATABASE", name,
                "PGPASSFILE", passwords.toString());
    }

    /** How a person opens it, without showing the password. */
    String reach() {
        return "PGPASSFILE=" + Quoted.of(passwords.toString()) + " psql -h " + HOST + " -p " + port + " -U " + SUPERUSER
                + " -d " + Quoted.of(name);
    }
}
