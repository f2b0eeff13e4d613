package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The evidence of a real home goes to an auditor by the command line, with its checkpoints outside. */
class ExportTest {
    @TempDir
    Path folder;

    private Playground playground;

    @BeforeEach
    void drillsTwice() throws Exception {
        playground = new Playground(folder);
        Files.createDirectories(folder.resolve("outside"));
        Files.writeString(
                folder.resolve("muster.yaml"),
                "ledger: { checkpoints: [ { file: outside/ }, { vault: primary, prefix: muster/checkpoints/ },"
                        + " { vault: primary, prefix: db/ } ] }\n",
                StandardOpenOption.APPEND);
        playground.runbook(
                "- restore: database\n- check: database-integrity",
                "database: { vault: primary, format: pg-dump, prefix: db/, zone: UTC }");
        // Nothing lies there, so that neither passes; what they leave is evidence all the same.
        Playground.Outcome run = playground.muster("run", "trial", "--json");
        assertThat(run.exit()).as(run.err()).isNotZero();
        assertThat(run.json().path("troubles").toString())
                .contains("where backups are nothing is written")
                .doesNotContain("outside/");
        Files.writeString(folder.resolve("broken.yaml"), "name: broken\n");
        playground.muster("run", "broken");
    }

    @AfterEach
    void close() throws Exception {
        playground.close();
    }

    private static String today() {
        return LocalDate.now(ZoneOffset.UTC).toString();
    }

    private Playground.Outcome export(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "export",
                "--from",
                LocalDate.now(ZoneOffset.UTC).minusDays(1).toString(),
                "--to",
                today(),
                "-o",
                folder.resolve("pack.zip").toString()));
        arguments.addAll(List.of(more));
        return playground.muster(arguments.toArray(String[]::new));
    }

    private Playground.Outcome verify(String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("verify", folder.resolve("pack.zip").toString()));
        arguments.addAll(List.of(more));
        return playground.muster(arguments.toArray(String[]::new));
    }

    @Test
    void everything_of_a_home_is_in_its_pack_until_a_bundle_is_lost_or_the_ledger_cut() throws Exception {
        assertThat(export("--json").json().path("missing")).isEmpty();
        Playground.Outcome verified = verify();
        assertThat(verified.exit()).as(verified.out()).isZero();
        assertThat(verified.out()).contains("an entry for each of the 2 drills", "1 bundle in it is valid", "VALID");
        Path strangers = Files.createDirectories(folder.resolve("strangers"));
        assertThat(verify("--trust", strangers.toString()).exit()).isEqualTo(6);

        Playground.Outcome heartbeat = playground.muster("ledger", "checkpoint", "--heartbeat", "--json");
        assertThat(heartbeat.exit()).isEqualTo(3);
        JsonNode signed = heartbeat.json();
        assertThat(signed.path("troubles").toString()).contains("db/", "where backups are nothing is written");
        Path note =
                Files.writeString(folder.resolve("note"), signed.path("note").asString());
        Path outside;
        try (var copies = Files.list(folder.resolve("outside"))) {
            outside = copies.max(Comparator.naturalOrder()).orElseThrow();
        }
        assertThat(outside).hasSameTextualContentAs(note);
        Playground.Outcome whole = playground.muster("ledger", "verify", "--since", outside.toString());
        assertThat(whole.exit()).isZero();
        assertThat(whole.out()).contains("remark: 2 checkpoints wait for the vault primary, db/");
        assertThat(export("--since", outside.toString()).exit()).isZero();
        assertThat(verify("--since", outside.toString()).exit()).isZero();

        Path ledger = folder.resolve("home/ledger/events.jsonl");
        List<String> lines = Files.readAllLines(ledger);
        Files.write(ledger, lines.subList(0, lines.size() - 1));
        assertThat(playground.muster("ledger", "verify").exit()).isEqualTo(5);
        export();
        assertThat(verify().exit()).isZero();
        assertThat(verify("--since", outside.toString()).exit()).isEqualTo(5);
        Files.write(ledger, lines);

        try (var bundles = Files.newDirectoryStream(folder.resolve("home/evidence"), "drill-*.zip")) {
            for (Path bundle : bundles) {
                Files.delete(bundle);
            }
        }
        assertThat(export().exit()).isEqualTo(5);
        assertThat(verify().exit()).isEqualTo(5);
        assertThat(playground
                        .muster("export", "--from", today(), "--to", "2020-01-01", "-o", "x")
                        .exit())
                .isEqualTo(2);
    }
}
