package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.app.demo.DemoEstate;
import dev.muster.app.demo.SmallDemo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Drills that start the stand-in on restored backups and work with it. */
class WorkflowDrillTest {
    private static final String WITH_FILES = """
            backups:
              database: { vault: primary, format: pg-dump, prefix: odoo/db/ }
              filestore: { vault: primary, format: tar, prefix: odoo/filestore/ }
            """;
    private static final String RESTORED = """
            steps:
              - restore: database
              - restore: filestore
              - neutralise: odoo
              - start: odoo
            """;

    @TempDir
    private static Path folder;

    private static DemoEstate estate;
    private static String application;

    @BeforeAll
    static void prepare() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        estate = SmallDemo.prepare(folder);
        muster("keys", "init");
        String shipped = Files.readString(estate.runbook());
        application = shipped.substring(shipped.indexOf("applications:"), shipped.indexOf("steps:"));
    }

    @AfterAll
    static void close() {
        estate.close();
    }

    @Test
    void the_workflows_that_come_along_are_done_on_a_copy_and_prove_the_processes() throws Exception {
        JsonNode drill = drill("""
                processes:
                  sales: { watermark: "select max(write_date) from sale_order", proof: [login, confirm-order] }
                """ + WITH_FILES + application + RESTORED
                + steps("login", "read-attachment", "confirm-order", "validate-picking", "post-invoice"));

        assertThat(drill.path("verdict").asString()).as(drill.toString()).isEqualTo("PASSED");
        assertThat(drill.path("scratch").path("removed").booleanValue()).isTrue();
        JsonNode sales = drill.path("processes").path("sales");
        assertThat(sales.path("rto").path("met").booleanValue()).isTrue();
        assertThat(sales.path("rto").path("formula").asString()).contains("login, confirm-order");
        // The order of the drill itself would be newer than the backup.
        assertThat(Instant.parse(check(drill, "watermark-sales")
                        .path("observations")
                        .path("newest row")
                        .asString(estate.backedUp().toString())))
                .isBeforeOrEqualTo(estate.backedUp());
        assertThat(sales.path("rpo").path("achievedSeconds").doubleValue()).isPositive();
    }

    @Test
    void each_fault_is_told_by_its_call_with_what_was_expected_and_what_came() throws Exception {
        JsonNode drill = drill(WITH_FILES
                + application
                + """
                workflows:
                  wrong-answer:
                    means: Nothing works.
                    calls:
                      - http: { path: /web/health }
                        expect: { values: { $.status: fail } }
                  wrong-status: { means: Nothing works., calls: [{ http: { path: /nowhere } }] }
                  no-table: { means: Nothing works., calls: [{ sql: select 1 from nowhere }] }
                  no-row:
                    means: Nothing works.
                    calls: [{ sql: select 1 as one where false, capture: { one: "$[0].one" } }]
                  endless: { means: Nothing works., calls: [{ sql: select pg_sleep(60), within: 1s }] }
                  no-rights: { means: Nothing works., calls: [{ sql: create role more superuser }] }
                  too-slow:
                    means: Nothing works.
                    calls: [{ sql: select pg_sleep(0.01), repeat: 5, p95: 1ms }]
                  no-secret:
                    means: Nothing works.
                    calls: [{ http: { path: /web/health }, expect: { contains: "{password}" } }]
                  hostile-value:
                    means: Nothing works.
                    calls:
                      - sql: select 'a''; drop table res_users; -- {x}'::text || chr(34) as word
                        capture: { word: "$[0].word" }
                      - sql: select {word}::text as word
                        expect: { values: { "$[0].word": "{word}" } }
                      - http: { path: "/web/health?{word}", json: { word: "{word}" } }
                  old-version:
                    means: Nothing works.
                    supports: 14..16
                    calls: [{ http: { path: /web/health } }]
                  without-files:
                    means: Nothing works.
                    calls: [{ exec: [find, ., -type, f, -regex, ".*/[0-9a-f][0-9a-f]/[0-9a-f]*", -delete] }]
                """.replace(" -- {x}", " --")
                + RESTORED
                + steps(
                        "login",
                        "wrong-answer",
                        "wrong-status",
                        "no-table",
                        "no-row",
                        "endless",
                        "no-rights",
                        "too-slow",
                        "no-secret",
                        "hostile-value",
                        "old-version",
                        "without-files",
                        "read-attachment"));

        said(
                drill,
                "wrong-answer",
                "FAILED",
                "Call 1 (http GET /web/health)",
                "expected fail at $.status, got pass",
                "trial.yaml:");
        said(drill, "wrong-status", "FAILED", "got 404");
        said(drill, "no-table", "COULD_NOT_RUN", "relation \"nowhere\" does not exist", "trial.yaml:");
        said(drill, "no-row", "COULD_NOT_RUN", "gave no such row");
        said(drill, "endless", "COULD_NOT_RUN", "no answer");
        said(drill, "no-rights", "COULD_NOT_RUN", "superuser");
        said(drill, "too-slow", "FAILED", "95 in 100 within 1 ms");
        said(drill, "no-secret", "FAILED", "contains ******");
        said(drill, "old-version", "COULD_NOT_RUN", "14..16", "version 19");
        said(drill, "read-attachment", "FAILED", "got 0 bytes", "runbooks/workflows/odoo/read-attachment.yaml:");
        assertThat(check(drill, "hostile-value").path("verdict").asString())
                .as(drill.toString())
                .isEqualTo("PASSED");
        assertThat(check(drill, "read-attachment").path("observations").toString())
                .contains("no such file");
    }

    @Test
    void an_application_that_does_not_come_up_fails_with_its_last_words_and_without_its_secrets() throws Exception {
        JsonNode drill = drill(broken("[sh, -c, \"echo loading; echo db_password=hunter2-hunter2; exit 3\"]"));

        said(drill, "application-healthy", "FAILED", "exit code 3", "db_password=******");
        said(drill, "login", "COULD_NOT_RUN", "no application is up", "application-healthy");
        assertThat(drill.toString()).doesNotContain("hunter2-hunter2").contains("loading");
    }

    @Test
    void an_application_that_never_answers_fails_at_its_deadline() throws Exception {
        JsonNode drill = drill(broken("[sleep, \"60\"]").replace("health: /", "within: 2s\n    health: /"));

        said(drill, "application-healthy", "FAILED", "after 2 s", "gave no answer");
    }

    @Test
    void a_program_that_is_not_there_could_not_run_and_its_remedy_names_the_setting() throws Exception {
        JsonNode drill = drill(broken("[no-such-odoo]"));

        said(drill, "application-healthy", "COULD_NOT_RUN", "no-such-odoo", "programs");
        assertThat(drill.path("verdict").asString()).isEqualTo("COULD_NOT_RUN");
    }

    private static String broken(String command) {
        return """
                backups:
                  database: { vault: primary, format: pg-dump, prefix: odoo/db/ }
                applications:
                  odoo:
                    command: %s
                    health: /web/health
                steps:
                  - restore: database
                  - neutralise: odoo
                  - start: odoo
                  - workflow: login
                """.formatted(command);
    }

    private static String steps(String... workflows) {
        return List.of(workflows).stream()
                .map(name -> "  - workflow: " + name + "\n")
                .reduce("", String::concat);
    }

    private static JsonNode drill(String rest) throws IOException {
        Path runbook = Files.writeString(folder.resolve("trial.yaml"), """
                apiVersion: muster.dev/v1
                name: trial
                system: trial-system
                owner: platform-team
                scenario: operator-error
                objectives: { rpo: 1h, rto: 4h }
                scratch: { on: local, postgres: 15, timeToLive: 30m }
                """ + rest);
        String out = muster("run", runbook.toString(), "--json");
        return JsonMapper.shared().readTree(out);
    }

    private static void said(JsonNode drill, String name, String verdict, String... words) {
        JsonNode check = check(drill, name);
        assertThat(check.path("verdict").asString()).as(check.toString()).isEqualTo(verdict);
        JsonNode problem = check.path("problem");
        assertThat(problem.path("what").asString()
                        + problem.path("where").asString()
                        + problem.path("remedy").asString())
                .contains(words);
    }

    private static JsonNode check(JsonNode drill, String name) {
        for (JsonNode check : drill.path("checks")) {
            if (check.path("name").asString().equals(name)) {
                return check;
            }
        }
        throw new AssertionError("no check " + name + " in " + drill);
    }

    private static String muster(String... arguments) {
        return Playground.muster(estate.config(), Clock.systemUTC(), arguments).out();
    }
}
