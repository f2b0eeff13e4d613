package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testing.Needs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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

/** Whole drills in which persons are erased again that were erased after the backup. */
@Needs({"pg_dump", "pg_restore"})
class ErasureDrillTest {
    private static final String DATABASE = "database: { vault: primary, format: pg-dump, prefix: db/ }";
    private static final String STEPS = """
            - restore: database
            - check: database-integrity
            - erase:
                list: %s
                run: ["update res_partner set name = 'erased' where name = :id"]
                absent: ["select count(*) from res_partner where name = :id"]
                search: [res_partner, sale_order]
            """;
    private static final String IN_VAULT = "{ vault: primary, key: privacy/erased.csv }";

    @TempDir
    static Path making;

    private static byte[] dump;
    private static String now;

    @TempDir
    Path folder;

    private Playground playground;

    @BeforeAll
    static void makeBackup() throws Exception {
        dump = new SmallEstate(making).customDump();
        now = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
                .withZone(ZoneOffset.UTC)
                .format(Instant.now());
    }

    @BeforeEach
    void open() throws Exception {
        playground = new Playground(folder);
        playground.s3.put(Playground.BUCKET, "db/shop-" + now + ".dump", dump);
    }

    @AfterEach
    void nothing_is_left_behind() {
        assertThat(playground.muster("scratch", "list", "--json").json().path("scratches"))
                .isEmpty();
        playground.close();
    }

    @Test
    void a_list_in_a_vault_is_applied_proven_and_stands_in_the_evidence_without_a_name() throws Exception {
        playground.runbook(STEPS.formatted(IN_VAULT), DATABASE);
        list("id,erased\npartner 199," + Instant.now() + "\npartner 200,\n");

        Playground.Outcome run = playground.muster("run", "trial", "--json");

        assertThat(run.exit()).as(run.out()).isZero();
        JsonNode seen = erasure(run).path("observations");
        assertThat(seen.path("erased again").asString()).isEqualTo("2");
        assertThat(seen.path("of these found in the backup").asString()).isEqualTo("2");
        assertThat(seen.path("list").asString()).isEqualTo("s3://acme-backups/privacy/erased.csv");
        assertThat(seen.path("list after it was read").asString()).isEqualTo("unchanged");
        String report = playground
                .muster("report", run.json().path("drill").asString(), "--format", "json")
                .out();
        assertThat(report).contains("erase: privacy/erased.csv").doesNotContain("partner 199");
        assertThat(playground
                        .muster("verify", run.json().path("bundle").asString())
                        .exit())
                .isZero();
    }

    @Test
    void a_list_in_a_file_beside_the_runbook_does_as_well() throws Exception {
        playground.runbook(STEPS.formatted("{ file: erased.csv }").replace("name = 'erased'", "name = name"), DATABASE);
        Files.writeString(folder.resolve("erased.csv"), "id\npartner 200\n");

        Playground.Outcome run = playground.muster("run", "trial", "--json");

        assertThat(run.exit()).as(run.out()).isEqualTo(1);
        assertThat(erasure(run).path("problem").path("what").asString())
                .contains("1 of 1 erased persons are still in the restored data: line 2 by")
                .doesNotContain("partner 200");
    }

    @Test
    void a_list_that_is_missing_or_bad_could_not_run_and_the_rest_of_the_drill_goes_on() throws Exception {
        playground.runbook(STEPS.formatted(IN_VAULT) + "- check: vault-health\n", DATABASE);
        Playground.Outcome missing = playground.muster("run", "trial", "--json");
        assertThat(missing.exit()).as(missing.out()).isEqualTo(3);
        assertThat(erasure(missing).path("problem").toString()).contains("no object privacy/erased.csv");

        list("nobody\n");
        Playground.Outcome bad = playground.muster("run", "trial", "--json");
        assertThat(bad.exit()).as(bad.out()).isEqualTo(3);
        assertThat(erasure(bad).path("problem").toString())
                .contains("names its columns", "s3://acme-backups/privacy/erased.csv");
        assertThat(bad.out()).contains("vault-promises");
    }

    private void list(String content) throws Exception {
        playground.s3.put(Playground.BUCKET, "privacy/erased.csv", content.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode erasure(Playground.Outcome run) {
        for (JsonNode check : run.json().path("checks")) {
            if (check.path("name").asString().equals("erased-stay-erased")) {
                return check;
            }
        }
        throw new AssertionError("no erasure in " + run.out());
    }
}
