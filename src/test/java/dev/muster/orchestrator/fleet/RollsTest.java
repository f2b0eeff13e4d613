package dev.muster.orchestrator.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.backup.Vaults;
import dev.muster.catalog.PostgresServer;
import dev.muster.catalog.SharedPostgres;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Roll;
import dev.muster.drill.Runbook;
import dev.muster.drill.Secret;
import dev.muster.schedule.RunbookFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Tenants from a file and from a real database. */
class RollsTest {
    @RegisterExtension
    static final SharedPostgres POSTGRES = new SharedPostgres();

    @TempDir
    Path folder;

    private Roll roll(String tenants) throws IOException, InterruptedException {
        Runbook template = new RunbookFolder(folder).template("tenants", tenants, "", "");
        try (Vaults vaults = new Vaults(List.of(), reference -> PostgresServer.PASSWORD, Clock.systemUTC())) {
            return new Rolls(vaults, reference -> new Secret(reference.equals("${env:TENANTS}") ? password() : "no"))
                    .of(template);
        }
    }

    private static String password() {
        return PostgresServer.PASSWORD.reveal();
    }

    private static String query(String sql, String password) {
        return "{ query: { url: \"" + POSTGRES.server().url() + "\", user: " + PostgresServer.USER + ", password: \""
                + password + "\", sql: \"" + sql + "\" } }";
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(POSTGRES.server().url(), PostgresServer.USER, password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void a_file_holds_one_name_a_line() throws Exception {
        Files.writeString(folder.resolve("tenants.txt"), "# ours\nbeta\n\n alpha # the first one\nbeta\n../etc\n");

        Roll roll = roll("{ file: tenants.txt }");
        assertThat(roll.tenants()).containsExactly("alpha", "beta");
        assertThat(roll.duplicates()).isOne();
        assertThat(roll.refused()).containsExactly("\"../etc\"");
    }

    @Test
    void a_file_that_is_not_there_is_no_empty_fleet() {
        assertThatThrownBy(() -> roll("{ file: nowhere.txt }"))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining(folder.resolve("nowhere.txt").toString());
    }

    @Test
    void a_query_asks_a_database_and_changes_nothing_there() throws Exception {
        execute("create table tenant (name text); insert into tenant values ('beta'), ('alpha'), (null)");

        Roll roll = roll(query("select name from tenant", "${env:TENANTS}"));
        assertThat(roll.tenants()).containsExactly("alpha", "beta");
        assertThat(roll.refused()).containsExactly("\"\"");
        assertThatThrownBy(() -> roll(query("delete from tenant returning name", "${env:TENANTS}")))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("SQL state 25006");
        assertThat(roll(query("select name from tenant", "${env:TENANTS}"))).isEqualTo(roll);
    }

    @Test
    void a_database_that_refuses_is_no_empty_fleet_and_nothing_of_the_password_is_said() {
        assertThatThrownBy(() -> roll(query("select 'alpha'", "${env:OTHER}")))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("SQL state 28P01")
                .hasMessageNotContaining("OTHER");
        assertThatThrownBy(() -> roll(query("select name from tenant where false", "${env:TENANTS}")))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("SQL state 42P01");
    }
}
