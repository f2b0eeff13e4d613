package dev.muster.app.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;

/** The sample company in its database: founded once, then growing from instant to instant. The seed decides it all. */
final class Business {
    private final Connection connection;
    private boolean keyed;

    private Business(Connection connection) {
        this.connection = connection;
    }

    /**
     * Makes the tables and the company as it was before its first order.
     *
     * @param orders how many orders it will have at the newest instant
     * @param newest when the last of them comes in
     */
    static Business found(Connection connection, long seed, int orders, Instant newest) throws SQLException {
        connection.setAutoCommit(false);
        Business business = new Business(connection);
        business.set(Map.of(
                "estate.seed", Long.toString(seed),
                "estate.orders", Integer.toString(orders),
                "estate.newest", timestamp(newest)));
        business.run("tables.sql", "rules.sql", "masters.sql");
        return business;
    }

    /** Takes the orders, deliveries, invoices and payments that happen up to an instant. */
    void growUntil(Instant until) throws SQLException {
        set(Map.of("estate.until", timestamp(until)));
        run("sales.sql", "stock.sql", "accounting.sql");
        if (!keyed) {
            // Keys and indexes over a year of business are made much faster than they are kept up along it.
            run("keys.sql");
            keyed = true;
        }
        run("balances.sql");
    }

    private void set(Map<String, String> settings) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select set_config(?, ?, false)")) {
            for (Map.Entry<String, String> setting : settings.entrySet()) {
                statement.setString(1, setting.getKey());
                statement.setString(2, setting.getValue());
                statement.execute();
            }
        }
    }

    private void run(String... resources) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String resource : resources) {
                statement.execute(Resource.text(resource));
            }
        }
        connection.commit();
    }

    private static String timestamp(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC).toString();
    }
}
