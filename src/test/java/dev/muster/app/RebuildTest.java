package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.app.Playground.Outcome;
import dev.muster.catalog.Catalog;
import dev.muster.drill.DrillRequest;
import dev.muster.drill.EventKind;
import dev.muster.drill.Problem;
import dev.muster.drill.QueuedDrill;
import dev.muster.drill.Wish;
import dev.muster.ledger.Ledger;
import dev.muster.orchestrator.Owner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A catalog made anew. The drills find no backup, which is the quickest way to evidence. */
class RebuildTest {
    @TempDir
    Path temporary;

    private Path home;
    private Playground playground;

    @BeforeEach
    void opens() throws IOException {
        home = temporary.resolve("home");
        playground = new Playground(temporary);
        playground.runbook(
                "- restore: database\n- check: database-integrity\n",
                "database: { vault: primary, format: pg-dump, prefix: db/ }");
    }

    @AfterEach
    void closes() {
        playground.close();
    }

    private JsonNode drill() {
        return playground.muster("run", "trial", "--json").json();
    }

    private void act(String drill, String... more) {
        List<String> command = new ArrayList<>(List.of("evidence", "action", drill, "--owner", "Kim"));
        command.addAll(List.of(more));
        assertThat(playground.muster(command.toArray(String[]::new)).exit()).isZero();
    }

    /** A drill whose process ended without closing it. */
    private void abandoned(String drill) {
        Ledger.open(home.resolve("ledger"), Clock.systemUTC())
                .append(
                        EventKind.PLANNED,
                        drill,
                        Map.of(
                                "runbook", "trial",
                                "system", "trial-system",
                                "disaster", "2026-11-20T03:00:00Z",
                                "host", Owner.ofThisProcess().host(),
                                "process", "999999999",
                                "process started", "2026-11-20T03:00:00Z"));
        assertThat(playground.muster("drills").out()).contains(drill);
    }

    /** A drill of the queue that could not even be planned. */
    private void refused(String drill) throws Exception {
        Instant asked = Instant.parse("2026-11-20T03:00:00Z");
        try (Wiring wiring = new Wiring(
                Settings.read(Optional.of(temporary.resolve("muster.yaml")), Optional.empty(), Map.of()),
                Clock.systemUTC())) {
            wiring.conductor()
                    .refuse(
                            new QueuedDrill(
                                    drill,
                                    "trial",
                                    "trial-system",
                                    Optional.of(asked),
                                    1,
                                    asked,
                                    "kim",
                                    DrillRequest.Trigger.SCHEDULE,
                                    Wish.of("trial"),
                                    QueuedDrill.State.RUNNING,
                                    Optional.empty(),
                                    Optional.of("one"),
                                    Optional.of(asked),
                                    Optional.empty(),
                                    Optional.empty()),
                            new Problem("The runbook is gone", "trial.yaml", "Put it back."));
        }
    }

    private Outcome rebuild(String... more) {
        List<String> command = new ArrayList<>(List.of("catalog", "rebuild", "--json"));
        command.addAll(List.of(more));
        return playground.muster(command.toArray(String[]::new));
    }

    @Test
    void a_lost_catalog_is_made_anew_from_evidence_and_says_the_same() throws Exception {
        String first = drill().path("drill").asString();
        drill();
        act(first, "--finding", "The vault is empty", "--due", "2026-12-24");
        act(first, "--finding", "Nobody looked", "--ticket", "OPS-7");
        act(first, "--finding", "Nobody looked", "--close");
        act(first, "--finding", "Nobody looked");
        abandoned("trial-abandoned");
        refused("trial-refused");
        List<String> before = Remembered.in(home);
        assertThat(before).filteredOn(row -> row.startsWith("drill_action ")).hasSize(3);
        assertThat(before).filteredOn(row -> row.startsWith("drill_stage ")).isNotEmpty();

        Remembered.lose(home);
        Outcome rebuilt = rebuild();

        assertThat(rebuilt.exit()).as(rebuilt.out() + rebuilt.err()).isZero();
        assertThat(rebuilt.json().path("fromBundles").intValue()).isEqualTo(2);
        assertThat(rebuilt.json().path("fromLedger").intValue()).isEqualTo(2);
        assertThat(rebuilt.json().path("actions").intValue()).isEqualTo(3);
        assertThat(Remembered.in(home)).isEqualTo(before);
        assertThat(playground.muster("catalog", "show").out())
                .contains("jdbc:h2:file:", "drills   4", "trial-refused", "2 open, 1 closed");
    }

    @Test
    void over_a_catalog_that_is_there_only_what_evidence_knows_is_replaced() throws IOException {
        String drill = drill().path("drill").asString();
        abandoned("trial-abandoned");
        assertThat(playground.muster("users", "add", "kim", "viewer").exit()).isZero();
        List<String> before = Remembered.in(home);
        try (Catalog catalog = Catalog.open("jdbc:h2:file:" + home.resolve("catalog"))) {
            catalog.work(handle -> handle.execute("update drill set verdict = 'PASSED' where id = ?", drill));
            catalog.work(handle -> handle.execute("delete from drill_stage"));
        }
        assertThat(Remembered.in(home)).isNotEqualTo(before);

        // While a service holds the file, it is changed through that one.
        JsonNode rebuilt;
        try (Catalog held =
                Catalog.hold("jdbc:h2:file:" + home.resolve("catalog"), Optional.empty(), Optional.empty())) {
            rebuilt = rebuild().json();
            assertThat(held.find(drill)).isPresent();
        }

        assertThat(rebuilt.path("kept").intValue()).isEqualTo(1);
        assertThat(Remembered.in(home)).isEqualTo(before);
        assertThat(playground.muster("users", "list").out()).contains("kim");
    }

    @Test
    void bundles_alone_are_enough() throws IOException {
        String drill = drill().path("drill").asString();
        act(drill, "--finding", "The vault is empty");
        List<String> before = Remembered.in(home);
        Remembered.lose(home);
        Path ledger = home.resolve("ledger");
        Files.move(ledger, temporary.resolve("away"));

        assertThat(rebuild().exit()).isZero();
        assertThat(Remembered.in(home)).isEqualTo(before);
    }

    @Test
    void what_is_damaged_foreign_or_there_twice_is_named_and_left_out() throws IOException {
        Path sound = Path.of(drill().path("bundle").asString());
        Path damaged = Path.of(drill().path("bundle").asString());
        byte[] bytes = Files.readAllBytes(damaged);
        bytes[bytes.length / 2] ^= 1;
        Files.write(damaged, bytes);
        Path copy = Files.copy(sound, sound.resolveSibling("drill-trial-copy.zip"));
        Path junk = Files.writeString(sound.resolveSibling("drill-..%2fjunk.zip"), "PK\u0003\u0004 no archive");
        Remembered.lose(home);

        Outcome rebuilt = rebuild();

        assertThat(rebuilt.exit()).isEqualTo(5);
        assertThat(rebuilt.json().path("leftOut").findValuesAsString("file"))
                .containsExactlyInAnyOrder(damaged.toString(), copy.toString(), junk.toString());
        assertThat(rebuilt.json().path("leftOut").toString()).contains("is called otherwise");
        // The ledger knows that there was a drill, whatever became of its bundle.
        assertThat(rebuilt.json().path("fromBundles").intValue()).isEqualTo(1);
        assertThat(rebuilt.json().path("fromLedger").intValue()).isEqualTo(1);
        assertThat(playground.muster("drills").out()).contains("its evidence is not here");

        Path keys = home.resolve("keys");
        Files.move(keys, temporary.resolve("keys-away"));
        playground.muster("keys", "init");
        Files.delete(damaged);
        Files.delete(copy);
        Files.delete(junk);
        assertThat(rebuild("--from", home.resolve("evidence").toString()).exit())
                .isEqualTo(6);
    }

    @Test
    void a_follow_up_that_is_missing_leaves_what_was_known_and_is_said() throws IOException {
        Path bundle = Path.of(drill().path("bundle").asString());
        String drill = bundle.getFileName().toString().replaceFirst("drill-(.*)\\.zip", "$1");
        act(drill, "--finding", "The vault is empty");
        List<String> before = Remembered.in(home);
        Files.delete(bundle.resolveSibling("drill-" + drill + ".followup-1.json"));

        Outcome rebuilt = rebuild();

        assertThat(rebuilt.exit()).isEqualTo(5);
        assertThat(rebuilt.out()).contains("Follow-up 1", "is missing or was changed");
        assertThat(Remembered.in(home)).isEqualTo(before);
    }

    @Test
    void a_folder_that_is_not_there_is_said() {
        Outcome nowhere = rebuild("--from", temporary.resolve("nowhere").toString());

        assertThat(nowhere.exit()).isEqualTo(3);
        assertThat(nowhere.err()).contains("The bundles cannot be listed", "--from");
    }
}
