package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.drill.ScratchPlan;
import dev.muster.scratch.Database;
import dev.muster.scratch.LocalSite;
import dev.muster.scratch.Scratch;
import dev.muster.scratch.Scratches;
import dev.muster.testing.Needs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Baselines from the command line: made of a restore and of a live database, and what drills make of them. */
@Needs("pg_dump")
class BaselineTest {
    private static final String PASSWORD = "readers-secret-word";
    private static final String END = "--\n-- PostgreSQL database dump complete";

    @TempDir
    static Path making;

    private static SmallEstate estate;

    @TempDir
    Path folder;

    private Playground playground;

    @BeforeAll
    static void makeBackups() throws Exception {
        estate = new SmallEstate(making);
    }

    @BeforeEach
    void open() throws Exception {
        playground = new Playground(folder);
        Files.writeString(folder.resolve("secrets/reader"), PASSWORD);
        playground.runbook("""
                - restore: database
                - check: database-integrity
                """, "database: { vault: primary, format: pg-dump, prefix: db/ }");
        Files.writeString(folder.resolve("trial.yaml"), Files.readString(folder.resolve("trial.yaml")) + """
                baseline:
                  vault: primary
                  prefix: baselines/
                  password: "${secret:reader}"
                  tolerances: { "*": { lose: 1% }, res_partner: exact }
                """);
        put("one", estate.plainDump());
    }

    @AfterEach
    void nothing_is_left_behind() {
        assertThat(playground.muster("scratch", "list", "--json").json().path("scratches"))
                .isEmpty();
        assertThat(playground.muster("ledger", "verify").exit()).isZero();
        playground.close();
    }

    @Test
    void a_drill_passes_by_the_baseline_of_a_restore_and_relies_on_no_other() {
        assertThat(said(drill(), "as-the-baseline")).contains("COULD_NOT_RUN", "There is no baseline");

        Playground.Outcome made = playground.muster("baseline", runbook(), "--from-drill", "--json");
        assertThat(made.exit()).as(made.err()).isZero();
        String key = made.json().path("object").asString().replace("s3://" + Playground.BUCKET + "/", "");
        assertThat(key).startsWith("baselines/trial-system-").endsWith(".baseline.json");
        assertThat(playground.muster("ledger", "show").out()).contains("BASELINE_MADE");

        JsonNode passed = drill();
        assertThat(passed.path("verdict").asString()).as(passed.toString()).isEqualTo("PASSED");
        assertThat(said(passed, "as-the-baseline")).contains("PASSED");

        Playground.Outcome again = playground.muster("baseline", runbook(), "--from-drill");
        assertThat(again.exit()).isEqualTo(3);
        assertThat(again.err()).contains("There is an object of this name already");

        playground.s3.put(Playground.BUCKET, key, "{\"payloadType\": \"forged\"}".getBytes(StandardCharsets.UTF_8));
        JsonNode forged = drill();
        assertThat(forged.path("verdict").asString()).isEqualTo("COULD_NOT_RUN");
        assertThat(said(forged, "as-the-baseline")).contains("carries no signature by a key that is trusted here");
    }

    @Test
    void a_live_database_is_read_and_a_backup_that_lost_rows_since_fails() throws Exception {
        LocalSite site = new Scratches(making, Optional.empty(), Optional.empty(), Clock.systemUTC())
                .openHere(
                        "production",
                        new ScratchPlan(ScratchPlan.Placement.LOCAL, 15, Duration.ofMinutes(10), OptionalLong.empty())
                                .in(ScratchPlan.Network.OPEN));
        Scratch scratch = site.scratch();
        try {
            Database live = scratch.startDatabase(15, "shop");
            sql(
                    live,
                    "create table res_partner (id serial primary key, name text not null)",
                    "create table sale_order (id serial primary key, partner_id int, note text, write_date timestamp)",
                    "insert into res_partner (name) select 'partner ' || n from generate_series(1, 200) n",
                    "insert into sale_order (write_date) select '2026-01-01' from generate_series(1, 4001)",
                    "create role reader login password '" + PASSWORD + "' in role pg_read_all_data");
            String address =
                    "postgresql://reader@127.0.0.1:" + live.environment().get("PGPORT") + "/shop";

            Playground.Outcome made = playground.muster("baseline", runbook(), "--database", address, "--json");

            assertThat(made.exit()).as(made.err()).isZero();
            assertThat(made.json().path("readFrom").asString()).isEqualTo("the live database");
            assertThat(made.out() + made.err()).doesNotContain(PASSWORD);
            Playground.Outcome shown = playground.muster(
                    "baseline", runbook(), "--database", address.replace("reader@", "reader:" + PASSWORD + "@"));
            assertThat(shown.exit()).isEqualTo(2);
            assertThat(shown.err())
                    .contains("A password stands on the command line")
                    .doesNotContain(PASSWORD);
            Playground.Outcome stranger =
                    playground.muster("baseline", runbook(), "--database", address.replace("reader@", "nobody@"));
            assertThat(stranger.exit()).isEqualTo(3);
            assertThat(stranger.err())
                    .contains("could not be read", "pg_read_all_data")
                    .doesNotContain(PASSWORD);
        } finally {
            site.remove();
        }
        JsonNode whole = drill();
        assertThat(whole.path("verdict").asString()).as(whole.toString()).isEqualTo("PASSED");
        assertThat(said(whole, "as-the-last-drill")).isEmpty();

        put("two", changed("delete from public.sale_order where id > 100; update public.res_partner set name = 'x';"));
        JsonNode lost = drill();
        assertThat(lost.path("verdict").asString()).isEqualTo("FAILED");
        assertThat(said(lost, "as-the-last-drill")).contains("sale_order has 100 rows, and had 4001");
        assertThat(said(lost, "as-the-baseline"))
                .contains("sale_order has 100 rows, and had 4001", "res_partner has other contents in its 200 rows");
    }

    private void put(String name, byte[] dump) {
        String now = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
                .withZone(ZoneOffset.UTC)
                .format(Instant.now());
        playground.s3.put(Playground.BUCKET, "db/" + name + "-" + now + ".sql", dump);
    }

    private static byte[] changed(String statement) {
        return new String(estate.plainDump(), StandardCharsets.UTF_8)
                .replace(END, statement + "\n\n" + END)
                .getBytes(StandardCharsets.UTF_8);
    }

    private String runbook() {
        return folder.resolve("trial.yaml").toString();
    }

    private JsonNode drill() {
        return playground.muster("run", runbook(), "--json").json();
    }

    /** Verdict and problem of a check; empty when it has no result. */
    private static String said(JsonNode drill, String check) {
        for (JsonNode each : drill.path("checks")) {
            if (each.path("name").asString().equals(check)) {
                return each.path("verdict").asString() + " "
                        + each.path("problem").path("what").asString("");
            }
        }
        return "";
    }

    private static void sql(Database database, String... statements) throws Exception {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }
}
