package dev.muster.app.demo.standin;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.Driver;

/** What the stand-in looks up in the restored database. */
record Books(String host, String port, String user, String database) {

    /** The password comes by the file that PGPASSFILE names. */
    Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("sslmode", "disable");
        properties.setProperty("gssEncMode", "disable");
        // A folder of sockets is for programs that know sockets; the same server listens on loopback as well.
        String address = host.startsWith("/") ? "127.0.0.1" : host;
        Connection connection =
                new Driver().connect("jdbc:postgresql://" + address + ":" + port + "/" + database, properties);
        if (connection == null) {
            throw new SQLException("no connection to " + address);
        }
        return connection;
    }

    long modules(Connection connection) throws SQLException {
        long modules = number(connection, "select count(*) from ir_module_module where state = 'installed'");
        if (modules == 0) {
            throw new SQLException("no module is installed");
        }
        return modules;
    }

    Optional<Integer> user(Connection connection, String login, String password) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("select id from res_users where login = ? and password = ? and active")) {
            query.setString(1, login);
            query.setString(2, password);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() ? Optional.of(rows.getInt(1)) : Optional.empty();
            }
        }
    }

    boolean knows(Connection connection, int id, String password) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("select from res_users where id = ? and password = ? and active")) {
            query.setInt(1, id);
            query.setString(2, password);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next();
            }
        }
    }

    Optional<String> storedName(Connection connection, int attachment) throws SQLException {
        return text(connection, "select store_fname from ir_attachment where id = ?", attachment);
    }

    String invoiceName(Connection connection, int move) throws SQLException {
        return text(connection, "select name from account_move where id = ?", move)
                .orElse("");
    }

    private static Optional<String> text(Connection connection, String sql, int id) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setInt(1, id);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
            }
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql);
                ResultSet rows = query.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
