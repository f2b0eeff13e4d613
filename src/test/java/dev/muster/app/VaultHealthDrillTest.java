package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testing.Needs;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Drills that hold the vault to its promises, and the table that shows the same. */
@Needs({"pg_dump", "pg_restore"})
class VaultHealthDrillTest {
    private static final String STEPS = """
            - restore: database
            - check: database-integrity
            - check: vault-health
            """;

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
        put(Instant.now());
        playground.s3.put(Playground.BUCKET, "db/a-failed.dump", new byte[0]);
    }

    @AfterEach
    void close() {
        playground.close();
    }

    @Test
    void promises_that_are_kept_pass_and_the_rto_does_not_wait_for_them() throws Exception {
        playground.s3.keepVersions(Playground.BUCKET);
        runbook("{ every: 24h, keep: 1, versioned: true }");

        JsonNode drill = playground.muster("run", "trial", "--json").json();

        assertThat(drill.path("verdict").asString()).as(drill.toString()).isEqualTo("PASSED");
        for (String check : new String[] {"promises", "freshness", "sequence", "retention", "versioning"}) {
            assertThat(verdict(drill, "vault-" + check)).isEqualTo("PASSED");
        }
        assertThat(drill.path("findings").findValuesAsString("what"))
                .anySatisfy(what -> assertThat(what)
                        .contains("newer than the chosen backup of the database", "a-failed.dump: It is empty"));
        assertThat(drill.path("rto").path("formula").asString()).doesNotContain("vault");
    }

    @Test
    void a_broken_promise_fails_the_drill_and_an_unanswered_one_keeps_it_from_passing() throws Exception {
        runbook("{ every: 24h, keep: 3 }");
        JsonNode broken = playground.muster("run", "trial", "--json").json();
        assertThat(broken.path("verdict").asString()).isEqualTo("FAILED");
        assertThat(verdict(broken, "vault-retention")).isEqualTo("FAILED");
        assertThat(verdict(broken, "vault-freshness")).isEqualTo("PASSED");
        assertThat(broken.path("rto").path("met").booleanValue()).isTrue();

        runbook("{ every: 24h, immutable: 30d }");
        JsonNode unknown = playground.muster("run", "trial", "--json").json();
        assertThat(unknown.path("verdict").asString()).isEqualTo("COULD_NOT_RUN");
        assertThat(verdict(unknown, "vault-lock")).isEqualTo("COULD_NOT_RUN");
    }

    @Test
    void without_a_promise_there_is_nothing_to_hold_the_vault_to() throws Exception {
        playground.runbook(STEPS, "database: { vault: primary, format: pg-dump, prefix: db/ }");

        JsonNode drill = playground.muster("run", "trial", "--json").json();

        assertThat(drill.path("verdict").asString()).isEqualTo("COULD_NOT_RUN");
        assertThat(verdict(drill, "vault-promises")).isEqualTo("COULD_NOT_RUN");
    }

    @Test
    void the_table_fits_a_narrow_terminal_and_tells_what_is_kept_and_what_is_not() throws Exception {
        runbook("{ every: 24h, keep: 3 }");

        Playground.Outcome table = playground.muster("backups", "trial");

        assertThat(table.out())
                .contains(
                        "chosen",
                        "unusable",
                        "It is empty.",
                        "kept          vault-freshness",
                        "BROKEN        vault-retention")
                .contains("longest without a backup  ", "not promised  ", "vault-versioning");
        assertThat(table.out().lines())
                .allSatisfy(line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(100));
        JsonNode state = playground
                .muster("backups", "trial", "--json")
                .json()
                .path("vaults")
                .get(0);
        assertThat(state.path("worstLossSeconds").isNumber()).isTrue();
        assertThat(state.path("answers").size()).isEqualTo(9);
    }

    private void runbook(String promises) throws Exception {
        playground.runbook(
                STEPS, "database: { vault: primary, format: pg-dump, prefix: db/, promises: " + promises + " }");
    }

    private void put(Instant at) {
        playground.s3.put(Playground.BUCKET, "db/shop-" + name(at) + ".dump", estate.customDump());
    }

    private static String name(Instant at) {
        return DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
                .withZone(ZoneOffset.UTC)
                .format(at);
    }

    private static String verdict(JsonNode drill, String name) {
        for (JsonNode check : drill.path("checks")) {
            if (check.path("name").asString().equals(name)) {
                return check.path("verdict").asString();
            }
        }
        return "not asked";
    }
}
