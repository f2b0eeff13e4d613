package dev.muster.catalog;

import dev.muster.catalog.people.DirectoryContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class PeopleOnPostgresTest extends DirectoryContract {
    @RegisterExtension
    static final SharedPostgres POSTGRES = new SharedPostgres();

    @Override
    protected Catalog catalog() {
        return POSTGRES.open();
    }
}
