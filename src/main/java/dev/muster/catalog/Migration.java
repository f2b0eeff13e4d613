package dev.muster.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the tables of a catalog up to date. */
final class Migration {
    private Migration() {}

    static void run(Connections connections) {
        // As long as one connection is held, those that the migration opens by itself find the file open here.
        try (Connection held = connections.openConnection()) {
            held.setReadOnly(true);
            Flyway.configure()
                    .dataSource(connections.url(), connections.user(), connections.password())
                    .loggers("slf4j")
                    .locations("classpath:db/migration")
                    .load()
                    .migrate();
        } catch (SQLException | FlywayException failed) {
            throw connections.trouble("The catalog could not be opened", failed);
        }
    }
}
