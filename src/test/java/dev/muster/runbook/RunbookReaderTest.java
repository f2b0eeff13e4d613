package dev.muster.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.drill.Asset;
import dev.muster.drill.BackupFormat;
import dev.muster.drill.BackupSource;
import dev.muster.drill.Classification;
import dev.muster.drill.Criticality;
import dev.muster.drill.Governance;
import dev.muster.drill.Objectives;
import dev.muster.drill.OnFailure;
import dev.muster.drill.OpensslCipher;
import dev.muster.drill.Promises;
import dev.muster.drill.Runbook;
import dev.muster.drill.Scenario;
import dev.muster.drill.ScratchPlan;
import dev.muster.drill.Selection;
import dev.muster.drill.Stage;
import dev.muster.drill.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sound runbook becomes what it says, and the documented default where it says nothing. */
class RunbookReaderTest {
    private static final ZoneId UTC = ZoneId.of("UTC");

    @TempDir
    Path folder;

    private RunbookFixture fixture;

    @BeforeEach
    void prepare() {
        fixture = new RunbookFixture(folder);
    }

    @Test
    void what_is_left_out_has_its_documented_default() throws IOException {
        Runbook runbook = sound(RunbookFixture.SOUND);
        assertThat(runbook.title()).isEqualTo("shop");
        assertThat(runbook.schedule()).isEmpty();
        assertThat(runbook.processes()).isEmpty();
        assertThat(runbook.deadlines()).isEmpty();
        assertThat(runbook.governance()).isEqualTo(Governance.NOT_DECLARED);
        assertThat(runbook.scratch())
                .isEqualTo(new ScratchPlan(ScratchPlan.Placement.LOCAL, 15, Duration.ofHours(4), OptionalLong.empty()));
        assertThat(runbook.backups())
                .containsExactly(Map.entry(
                        Asset.DATABASE,
                        new BackupSource(
                                Asset.DATABASE,
                                "primary",
                                BackupFormat.PG_DUMP,
                                "db/",
                                Optional.empty(),
                                Selection.NEWEST,
                                UTC,
                                Optional.empty())));
        assertThat(runbook.steps())
                .containsExactly(new Step.Restore(Asset.DATABASE), new Step.Check("database-integrity", Map.of()));
        assertThat(runbook.file()).isEqualTo(folder.resolve("runbook.yaml").toString());
        assertThat(runbook.sha256()).matches("[0-9a-f]{64}");
    }

    @Test
    void everything_that_is_said_is_taken_over() throws IOException {
        Runbook runbook = sound("""
                apiVersion: muster.dev/v1
                name: full
                title: Everything
                system: erp
                owner: "Team ${env:TEAM}"
                scenario: tenant-corruption
                criticality: critical
                covers: [A lost tenant.]
                exclusions: [Printers., Scales.]
                assumptions: [The vault is there.]
                classification: restricted
                retain: 6y
                people: { planner: planning, reviewer: audit }
                approved: { by: owner, on: 2026-10-15 }
                expected: { fetch: 1m, recover: 30s }
                schedule: { cron: "0 0 3 ? * SUN#1", zone: Europe/Berlin, avoid: [month-end-close] }
                objectives: { rpo: 1h, rto: 4h }
                processes:
                  sales: { rpo: 15m, rto: 2h, watermark: "select 1", proof: [filestore-consistency, row-counts] }
                backups:
                  database: { vault: archive, format: pg-dump, prefix: "", name: "*.dump", select: newest, zone: Asia/Tokyo }
                  filestore: { vault: primary, format: tar, prefix: files/ }
                scratch: { on: local, postgres: 18, timeToLive: 3h, disk: 20 GiB }
                deadlines: { plan: 1m, open: 2m, fetch: 3m, restore: 4m, neutralise: 5m, check: 6m }
                steps:
                  - together: [ { restore: database }, { restore: filestore } ]
                  - neutralise: odoo
                  - check: database-integrity
                    rows: { sale_order: 10, archive.sale_order: 20 }
                  - check: filestore-consistency
                """);
        assertThat(runbook.scenario()).isEqualTo(Scenario.TENANT_CORRUPTION);
        assertThat(runbook.governance())
                .isEqualTo(new Governance(
                        Optional.of(Criticality.CRITICAL),
                        List.of("A lost tenant."),
                        List.of("Printers.", "Scales."),
                        List.of("The vault is there."),
                        Classification.RESTRICTED,
                        Optional.of(Period.ofYears(6)),
                        Optional.of("planning"),
                        Optional.of("audit"),
                        Optional.of(new Governance.Approval("owner", LocalDate.parse("2026-10-15"))),
                        Optional.empty(),
                        false,
                        Map.of(Stage.FETCH, Duration.ofMinutes(1), Stage.RECOVER, Duration.ofSeconds(30))));
        assertThat(runbook.owner()).isEqualTo("Team ${env:TEAM}");
        assertThat(runbook.schedule()).hasValueSatisfying(schedule -> {
            assertThat(schedule.cron()).contains("0 0 3 ? * SUN#1");
            assertThat(schedule.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
            assertThat(schedule.avoid()).containsExactly("month-end-close");
        });
        assertThat(runbook.processes()).extractingByKey("sales").satisfies(sales -> {
            assertThat(sales.objectives()).isEqualTo(new Objectives(Duration.ofMinutes(15), Duration.ofHours(2)));
            assertThat(sales.watermark()).contains("select 1");
            assertThat(sales.proof()).containsExactly("filestore-consistency", "row-counts");
        });
        assertThat(runbook.backups()).extractingByKey(Asset.DATABASE).satisfies(database -> {
            assertThat(database.zone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
            assertThat(database.name()).contains("*.dump");
        });
        assertThat(runbook.backups())
                .extractingByKey(Asset.FILESTORE)
                .returns(Selection.MATCHING, BackupSource::select);
        assertThat(runbook.scratch().disk()).hasValue(20L << 30);
        assertThat(runbook.deadlines())
                .containsExactly(
                        Map.entry(Stage.PLAN, Duration.ofMinutes(1)),
                        Map.entry(Stage.OPEN, Duration.ofMinutes(2)),
                        Map.entry(Stage.FETCH, Duration.ofMinutes(3)),
                        Map.entry(Stage.RESTORE, Duration.ofMinutes(4)),
                        Map.entry(Stage.NEUTRALISE, Duration.ofMinutes(5)),
                        Map.entry(Stage.CHECK, Duration.ofMinutes(6)));
        assertThat(runbook.steps())
                .containsExactly(
                        new Step.Together(List.of(new Step.Restore(Asset.DATABASE), new Step.Restore(Asset.FILESTORE))),
                        new Step.Neutralise("odoo"),
                        new Step.Check("database-integrity", Map.of("sale_order", 10L, "archive.sale_order", 20L)),
                        new Step.Check("filestore-consistency", Map.of()));
    }

    @Test
    void an_asset_within_another_one_lies_where_that_one_lies() throws IOException {
        Runbook runbook = sound(RunbookFixture.SOUND
                .replace(
                        "format: pg-dump, prefix: db/ }",
                        "format: odoo-zip, prefix: zip/, zone: Asia/Tokyo }\n  filestore: { within: database }")
                .replace("  - check", "  - restore: filestore\n  - check"));
        assertThat(runbook.backups())
                .extractingByKey(Asset.FILESTORE)
                .isEqualTo(new BackupSource(
                        Asset.FILESTORE,
                        "primary",
                        BackupFormat.ODOO_ZIP,
                        "zip/",
                        Optional.empty(),
                        Selection.MATCHING,
                        ZoneId.of("Asia/Tokyo"),
                        Optional.of(Asset.DATABASE)));
    }

    @Test
    void a_key_is_a_reference_and_openssl_has_its_own_defaults() throws IOException {
        Runbook runbook = sound(RunbookFixture.SOUND.replace(
                "prefix: db/", "prefix: db/, key: \"${secret:pass}\", openssl: { iterations: 0 }"));
        BackupSource source = Objects.requireNonNull(runbook.backups().get(Asset.DATABASE));
        assertThat(source.key()).contains("${secret:pass}");
        assertThat(source.openssl()).isEqualTo(new OpensslCipher("aes-256-cbc", "sha256", 0));

        assertThat(fixture.faults(RunbookFixture.SOUND.replace("prefix: db/", "prefix: db/, key: \"open sesame\"")))
                .singleElement()
                .asString()
                .contains("a reference to a secret", "${secret:backup-key}")
                .doesNotContain("open sesame");
    }

    @Test
    void promises_are_taken_over_and_nothing_is_promised_by_silence() throws IOException {
        Runbook runbook = sound(RunbookFixture.SOUND.replace(
                "prefix: db/",
                "prefix: db/, onFailure: previous, promises: { every: 24h, keep: 14, for: 35d, immutable: 30d,"
                        + " encrypted: true, versioned: true, replica: { vault: archive, prefix: copy/ } }"));
        BackupSource source = Objects.requireNonNull(runbook.backups().get(Asset.DATABASE));
        assertThat(source.promises())
                .isEqualTo(new Promises(
                        Optional.of(Duration.ofHours(24)),
                        OptionalInt.of(14),
                        Optional.of(Duration.ofDays(35)),
                        Optional.of(Duration.ofDays(30)),
                        true,
                        true,
                        Optional.of(new Promises.Replica("archive", "copy/"))));
        assertThat(source.onFailure()).isEqualTo(OnFailure.PREVIOUS);

        BackupSource silent =
                Objects.requireNonNull(sound(RunbookFixture.SOUND).backups().get(Asset.DATABASE));
        assertThat(silent.promises()).isEqualTo(Promises.NONE);
        assertThat(silent.onFailure()).isEqualTo(OnFailure.STOP);
    }

    @Test
    void assets_without_a_database_have_nothing_to_match_and_are_the_newest() throws IOException {
        Runbook runbook = sound(RunbookFixture.SOUND
                .replace("database: { vault: primary, format: pg-dump", "configuration: { vault: primary, format: tar")
                .replace("restore: database\n  - check: database-integrity", "restore: configuration"));
        assertThat(runbook.backups())
                .extractingByKey(Asset.CONFIGURATION)
                .returns(Selection.NEWEST, BackupSource::select);
    }

    private Runbook sound(String content) throws IOException {
        assertThat(fixture.faults(content)).isEmpty();
        return fixture.read(content).runbook().orElseThrow();
    }
}
