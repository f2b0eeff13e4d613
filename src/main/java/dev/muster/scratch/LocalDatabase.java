package dev.muster.scratch;

import dev.muster.drill.Secret;
import dev.muster.scratch.socket.FileSockets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;

/** A database of a server that runs in a local scratch, reached over a socket file. */
record LocalDatabase(
        String name,
        int major,
        String version,
        ServerSocketFile socket,
        Secret password,
        Path passwords,
        Map<String, String> tuning)
        implements Database {
    /** The server's data folder within the scratch. */
    static final String FOLDER = "database";

    static final String HOST = "127.0.0.1";
    static final String SUPERUSER = "muster";

    @Override
    public Database named(String other) {
        return new LocalDatabase(other, major, version, socket, password, passwords, tuning);
    }

    @Override
    public Connection connect() throws SQLException {
        return connect(socket, name, password);
    }

    static Connection connect(ServerSocketFile socket, String database, Secret password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", SUPERUSER);
        properties.setProperty("password", password.reveal());
        properties.setProperty("sslmode", "disable");
        properties.setProperty("socketFactory", FileSockets.class.getName());
        properties.setProperty("socketFactoryArg", socket.file().toString());
        return DatabaseSession.open(HOST + ":" + socket.port(), database, properties);
    }

    @Override
    public Map<String, String> environment() {
        return Map.of(
                "PGHOST", socket.folder().toString(),
                "PGPORT", String.valueOf(socket.port()),
                "PGUSER", SUPERUSER,
                "PGDATABASE", name,
                "PGPASSFILE", passwords.toString());
    }

    /** How a person opens it, without showing the password. */
    String reach() {
        return "PGPASSFILE=" + Quoted.of(passwords.toString()) + " psql -h "
                + Quoted.of(socket.folder().toString()) + " -p " + socket.port() + " -U " + SUPERUSER + " -d "
                + Quoted.of(name);
    }
}
