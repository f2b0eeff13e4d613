package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testing.Needs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Proofs from the command line: what the checks of a runbook catch of faults that are made on purpose. */
@Needs({"pg_dump", "pg_restore"})
class ProveTest {
    private static final String STEPS = """
            - restore: database
            - restore: filestore
            - check: database-integrity
              rows: { sale_order: 1 }
            - check: filestore-consistency
            """;
    private static final String[] BACKUPS = {
        "database: { vault: primary, format: pg-dump, prefix: db/ }",
        "filestore: { vault: primary, format: tar, prefix: fs/ }"
    };
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    @TempDir
    static Path making;

    private static SmallEstate estate;
    private static Instant now;

    @TempDir
    Path folder;

    private Playground playground;

    @BeforeAll
    static void makeBackups() throws Exception {
        estate = new SmallEstate(making);
        now = Instant.now();
    }

    @BeforeEach
    void open() throws Exception {
        playground = new Playground(folder);
        put(estate.customDump());
    }

    @AfterEach
    void nothing_is_left_behind() throws Exception {
        assertThat(playground.muster("scratch", "list", "--json").json().path("scratches"))
                .isEmpty();
        assertThat(playground.muster("ledger", "verify").exit()).isZero();
        playground.close();
    }

    @Test
    void says_which_check_catches_which_fault_and_leaves_signed_evidence() throws Exception {
        Path runbook = playground.runbook(STEPS, BACKUPS);

        Playground.Outcome outcome = prove(
                runbook,
                "database-truncated-at-50",
                "empty-dump",
                "foreign-key-broken",
                "index-corrupted",
                "watermark-too-old",
                "attachment-byte-flipped",
                "attachments-swapped",
                "backup-changed-meanwhile",
                "another-tenant",
                "log-segment-missing");

        JsonNode proof = outcome.json();
        assertThat(outcome.exit()).as(outcome.out() + outcome.err()).isZero();
        assertThat(proof.path("control").asString()).isEqualTo("PASSED");
        assertThat(proof.path("score").doubleValue()).isEqualTo(1.0);
        assertThat(proof.path("faults")).hasSize(8);
        assertThat(first(proof, "database-truncated-at-50")).isEqualTo("restore: database");
        assertThat(first(proof, "empty-dump")).isEqualTo("row-counts");
        assertThat(first(proof, "foreign-key-broken")).isEqualTo("foreign-keys");
        assertThat(first(proof, "index-corrupted")).isEqualTo("heap-and-indexes");
        assertThat(first(proof, "watermark-too-old")).isEqualTo("objective: rpo of orders");
        assertThat(first(proof, "attachment-byte-flipped")).isEqualTo("attachments-complete");
        assertThat(first(proof, "attachments-swapped")).isEqualTo("attachments-complete");
        assertThat(first(proof, "backup-changed-meanwhile")).isEqualTo("source-unchanged");
        assertThat(proof.path("notApplicable").toString())
                .contains("there is no table res_company", "no log of at least two segments");

        Path bundle = Path.of(proof.path("bundle").asString());
        assertThat(playground.muster("verify", bundle.toString()).exit()).isZero();
        String drill = proof.path("drill").asString();
        JsonNode record = playground.muster("report", drill, "--format", "json").json();
        assertThat(record.path("findings").path("detection").path("faults")).hasSize(10);
        assertThat(record.path("integrity").path("checks").toString())
                .contains("source-unchanged")
                .doesNotContain("\"FAILED\"");
        assertThat(playground.muster("report", drill).out())
                .contains("The checks caught 8 of 8 faults", "Which faults the checks catch", "100%");
        assertThat(playground.muster("ledger", "show", "--drill", drill).out()).contains("PLANNED", "FINISHED");
    }

    @Test
    void a_check_that_is_taken_out_shows_as_an_escape_and_the_score_as_too_low() throws Exception {
        Path runbook = playground.runbook("""
                - restore: database
                - restore: filestore
                - check: database-integrity
                  without: { foreign-keys: "To see what escapes." }
                """, BACKUPS);
        Files.writeString(runbook, Files.readString(runbook) + "detection: { atLeast: 90% }\n");

        Playground.Outcome outcome =
                prove(runbook, "foreign-key-broken", "attachment-missing", "index-corrupted", "all-tables-emptied");

        JsonNode faults = outcome.json().path("faults");
        assertThat(outcome.exit()).as(outcome.out() + outcome.err()).isEqualTo(1);
        assertThat(outcome.json().path("score").doubleValue()).isEqualTo(0.5);
        assertThat(List.of(name(faults.get(0)), name(faults.get(1))))
                .containsExactly("foreign-key-broken", "attachment-missing");
        assertThat(faults.get(0).path("caught").booleanValue()).isFalse();
        assertThat(outcome.json().path("problems").toString())
                .contains("The checks catch 2 of 4 faults, and the runbook demands 90 %", "detection.atLeast");
        assertThat(playground
                        .muster("prove", runbook.toString(), "--seed", "1", "--fault", "attachment-missing")
                        .out())
                .contains("attachment-missing  ESCAPED", "score    0.0 %, 0 of 1 faults caught", "seed     1");
    }

    @Test
    void without_a_control_run_that_passes_nothing_is_proven() throws Exception {
        put(Arrays.copyOf(estate.customDump(), estate.customDump().length / 2));
        Path runbook = playground.runbook(STEPS, BACKUPS);

        Playground.Outcome outcome = prove(runbook, "foreign-key-broken");

        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.json().path("control").asString()).isEqualTo("FAILED");
        assertThat(outcome.json().path("score").isNull()).isTrue();
        assertThat(outcome.json().path("faults")).isEmpty();
        assertThat(outcome.json().path("problems").toString()).contains("Nothing is proven of the checks");
    }

    @Test
    void the_same_seed_makes_the_same_fault_and_lists_say_which_there_are() throws Exception {
        Path runbook = playground.runbook(STEPS, BACKUPS);

        String alone = made(prove(runbook, "attachment-byte-flipped").json(), "attachment-byte-flipped");
        String among = made(
                prove(runbook, "sequence-behind", "attachment-byte-flipped").json(), "attachment-byte-flipped");

        assertThat(alone).isNotEmpty().isEqualTo(among);
        assertThat(playground.muster("prove", runbook.toString(), "--list").out())
                .contains("foreign-key-broken", "filestore-truncated-at-99")
                .doesNotContain("configuration-");
        Playground.Outcome unknown = playground.muster("prove", runbook.toString(), "--fault", "no-such-fault");
        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.err()).contains("There is no fault called no-such-fault", "--list");
    }

    @Test
    void a_proof_by_a_runbook_with_mistakes_is_refused_in_the_ledger_and_a_list_of_faults_leaves_no_mark()
            throws Exception {
        Path runbook = playground.runbook("- restore: database\n- frobnicate: database\n", BACKUPS);

        Playground.Outcome listed = playground.muster("prove", runbook.toString(), "--list");
        assertThat(listed.exit()).isEqualTo(2);
        assertThat(playground.muster("ledger", "show").out()).doesNotContain("PLANNED");

        Playground.Outcome refused = prove(runbook, "foreign-key-broken");
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.json().path("misprints").toString()).contains("frobnicate");
        assertThat(playground.muster("ledger", "show").out()).contains("PLANNED", "REFUSED");
    }

    @Test
    void an_interrupted_proof_removes_its_scratch_and_is_noted_as_aborted() throws Exception {
        Path runbook = playground.runbook(STEPS, BACKUPS);
        Process proof = playground.start("prove", runbook.toString());

        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() -> !proof.isAlive()
                        || Files.readString(folder.resolve("err")).contains("[prove]"));
        proof.destroy();

        assertThat(proof.waitFor()).isEqualTo(4);
        assertThat(playground.muster("drills").out()).contains("ABORTED");
    }

    private void put(byte[] dump) throws Exception {
        playground.s3.put(Playground.BUCKET, "db/shop-" + STAMP.format(now) + ".dump", dump);
        playground.s3.put(Playground.BUCKET, "fs/shop-" + STAMP.format(now) + ".tar", estate.filestore());
    }

    private Playground.Outcome prove(Path runbook, String... faults) {
        List<String> command = new ArrayList<>(List.of("prove", runbook.toString(), "--json", "--seed", "20261121"));
        Stream.of(faults).forEach(fault -> command.addAll(List.of("--fault", fault)));
        return playground.muster(command.toArray(String[]::new));
    }

    private static String name(JsonNode fault) {
        return fault.path("name").asString();
    }

    private static String first(JsonNode proof, String fault) {
        return of(proof, fault)
                .map(one -> one.path("caughtBy").path(0).asString(""))
                .orElse("not made");
    }

    private static String made(JsonNode proof, String fault) {
        return of(proof, fault).map(one -> one.path("made").asString()).orElse("");
    }

    private static Optional<JsonNode> of(JsonNode proof, String fault) {
        return proof.path("faults")
                .valueStream()
                .filter(one -> name(one).equals(fault))
                .findFirst();
    }
}
