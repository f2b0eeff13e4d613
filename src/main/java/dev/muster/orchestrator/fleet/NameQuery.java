package dev.muster.orchestrator.fleet;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.drill.Secret;
import dev.muster.drill.TenantSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Function;

/** A database that is asked for names, and can only be read from. */
final class NameQuery {
    private static final int PATIENCE = 30;

    private final TenantSource.Queried source;
    private final Function<String, Secret> secrets;

    NameQuery(TenantSource.Queried source, Function<String, Secret> secrets) {
        this.source = source;
        this.secrets = secrets;
    }

    List<String> names(int most) {
        Properties login = new Properties();
        source.user().ifPresent(user -> login.setProperty("user", user));
        source.password()
                .ifPresent(password ->
                        login.setProperty("password", secrets.apply(password).reveal()));
        login.setProperty("connectTimeout", Integer.toString(PATIENCE));
        login.setProperty("socketTimeout", Integer.toString(2 * PATIENCE));
        try (Connection connection = DriverManager.getConnection(source.url(), login)) {
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.setQueryTimeout(PATIENCE);
                statement.setMaxRows(most);
                return names(statement.executeQuery(source.sql()));
            } finally {
                connection.rollback();
            }
        } catch (SQLException failed) {
            // What the server says may repeat what it was told: only its kind is passed on.
            throw new CouldNotRun(
                    new Problem(
                            "The database that knows the tenants does not answer (SQL state " + failed.getSQLState()
                                    + ")",
                            source.url().replaceFirst("[?].*", ""),
                            "Try `fleet.tenants.query` of the runbook with psql from this machine, as the same user."),
                    failed);
        }
    }

    private static List<String> names(ResultSet rows) throws SQLException {
        List<String> names = new ArrayList<>();
        try (rows) {
            while (rows.next()) {
                names.add(Objects.requireNonNullElse(rows.getString(1), ""));
            }
        }
        return names;
    }
}
