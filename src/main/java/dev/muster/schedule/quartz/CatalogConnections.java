package dev.muster.schedule.quartz;

import dev.muster.catalog.Catalog;
import java.sql.Connection;
import java.sql.SQLException;
import org.quartz.utils.ConnectionProvider;

/** Lets Quartz use the catalog's connections. */
final class CatalogConnections implements ConnectionProvider {
    private final Catalog catalog;

    CatalogConnections(Catalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return catalog.connection();
    }

    @Override
    public void initialize() {}

    /** The catalog closes them itself. */
    @Override
    public void shutdown() {}
}
