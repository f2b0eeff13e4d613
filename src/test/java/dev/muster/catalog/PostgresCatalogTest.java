package dev.muster.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Secret;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresCatalogTest extends CatalogContract {
    @RegisterExtension
    static final SharedPostgres POSTGRES = new SharedPostgres();

    @Override
    Catalog open() {
        return POSTGRES.open();
    }

    private static Catalog open(Secret password) {
        return Catalog.open(POSTGRES.server().url(), Optional.of(PostgresServer.USER), Optional.of(password));
    }

    @Test
    void says_that_the_password_is_wrong_without_showing_it() {
        assertThatThrownBy(() -> open(new Secret("wrong-password")))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining(POSTGRES.server().url())
                .hasMessageContaining("password authentication failed")
                .hasMessageNotContaining("wrong-password");
        assertThat(open().newest(Optional.empty(), 1)).isEmpty();
    }
}
