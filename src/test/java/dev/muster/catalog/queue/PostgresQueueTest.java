package dev.muster.catalog.queue;

import dev.muster.catalog.Catalog;
import dev.muster.catalog.SharedPostgres;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresQueueTest extends QueueContract {
    @RegisterExtension
    static final SharedPostgres POSTGRES = new SharedPostgres();

    @Override
    Catalog hold() {
        return POSTGRES.hold();
    }
}
