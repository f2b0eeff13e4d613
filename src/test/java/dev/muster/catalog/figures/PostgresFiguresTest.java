package dev.muster.catalog.figures;

import dev.muster.catalog.Catalog;
import dev.muster.catalog.SharedPostgres;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresFiguresTest extends FiguresContract {
    @RegisterExtension
    static final SharedPostgres POSTGRES = new SharedPostgres();

    @Override
    Catalog open() {
        return POSTGRES.open();
    }
}
