package dev.muster.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the tables of a catalog up to date. */
final class Migration {
    /** The number of the newest script in {@code db/migration}. */
    static final String NEWEST = "10";

    private Migration() {}

    static void run(Connections connections) {
        // As long as one connection is held, those that the migration opens by itself find the file open here.
        try (Connection held = connections.openConnection()) {
            if (!upToDate(held)) {
                Flyway.configure()
                        .dataSource(connections.url(), connections.user(), connections.password())
                        .locations("classpath:db/migration")
                        .loggers("slf4j")
                        .load()
                        .migrate();
            }
        } catch (SQLException | FlywayException failed) {
            throw connections.trouble("The catalog could not be opened", failed);
        }
    }

    /** One question instead of starting Flyway, which costs every command several times as much as its own work. */
    private static boolean upToDate(Connection connection) {
        String question = "select count(*) from \"flyway_schema_history\" where \"version\" = ? and \"success\"";
        try (PreparedStatement statement = connection.prepareStatement(question)) {
            statement.setString(1, NEWEST);
            try (ResultSet answer = statement.executeQuery()) {
                return answer.next() && answer.getInt(1) > 0;
            }
        } catch (SQLException noHistoryYet) {
            return false;
        }
    }
}
