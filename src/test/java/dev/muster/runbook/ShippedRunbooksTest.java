package dev.muster.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.drill.Asset;
import dev.muster.drill.BackupFormat;
import dev.muster.drill.LogSource;
import dev.muster.drill.RecoveryTarget;
import dev.muster.drill.Runbook;
import dev.muster.drill.Selection;
import dev.muster.drill.Step;
import dev.muster.runbook.yaml.StrictReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The runbooks that ship are read as what they say. */
class ShippedRunbooksTest {

    @Test
    void the_monthly_drill_of_an_odoo_has_no_mistakes() {
        Runbook runbook = read("runbooks/odoo-monthly.yaml");
        assertThat(runbook.name()).isEqualTo("odoo-monthly");
        assertThat(runbook.processes().keySet()).containsExactly("order-capture", "warehouse", "invoicing");
        assertThat(runbook.processes())
                .allSatisfy((name, process) -> assertThat(process.watermark()).isPresent());
        assertThat(runbook.backups().keySet()).containsExactly(Asset.DATABASE, Asset.FILESTORE, Asset.CONFIGURATION);
        assertThat(runbook.backups())
                .allSatisfy((asset, source) -> assertThat(source.select())
                        .isEqualTo(asset == Asset.DATABASE ? Selection.NEWEST : Selection.MATCHING));
        assertThat(runbook.steps().get(0))
                .isEqualTo(new Step.Together(
                        List.of(new Step.Restore(Asset.DATABASE), new Step.Restore(Asset.FILESTORE))));
        assertThat(runbook.steps()).hasSize(15).endsWith(new Step.Probe("isolation", List.of()));
    }

    @Test
    void the_same_drill_without_the_application_has_the_same_steps_up_to_its_start() {
        List<Step> whole = read("runbooks/odoo-monthly.yaml").steps();
        assertThat(read("runbooks/odoo-data.yaml").steps()).isEqualTo(whole.subList(0, 8));
    }

    @Test
    void every_workflow_that_comes_along_is_listed_and_has_no_mistakes() throws IOException {
        List<String> names = ShippedWorkflows.names("odoo");
        try (Stream<Path> files = Files.list(Path.of("runbooks/workflows/odoo"))) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".yaml")))
                    .containsExactlyInAnyOrderElementsOf(
                            names.stream().map(name -> name + ".yaml").toList());
        }
        StrictReader reader = StrictReader.ofPart("runbook", "workflow");
        for (String name : names) {
            assertThat(reader.read(Path.of("runbooks/workflows/odoo/" + name + ".yaml"), Map.of())
                            .misprints())
                    .as(name)
                    .isEmpty();
        }
    }

    @Test
    void a_process_without_objectives_of_its_own_has_those_of_the_system() {
        Runbook runbook = read("runbooks/odoo-monthly.yaml");
        assertThat(runbook.processes())
                .extractingByKey("invoicing")
                .satisfies(process -> assertThat(process.objectives()).isEqualTo(runbook.objectives()));
        assertThat(runbook.processes())
                .extractingByKey("warehouse")
                .satisfies(process -> assertThat(process.objectives().rpo()).isEqualTo(Duration.ofMinutes(15)));
    }

    @Test
    void the_drill_of_a_database_alone_has_no_mistakes() {
        Runbook runbook = read("runbooks/postgres-only.yaml");
        assertThat(runbook.backups()).containsOnlyKeys(Asset.DATABASE);
        assertThat(runbook.schedule()).isEmpty();
    }

    @Test
    void the_recovery_to_an_instant_has_no_mistakes() {
        Runbook runbook = read("runbooks/postgres-pitr.yaml");
        assertThat(runbook.backups())
                .extractingByKey(Asset.DATABASE)
                .satisfies(source -> assertThat(source.log())
                        .contains(new LogSource("postgres/wal/", RecoveryTarget.UP_TO_THE_DISASTER)));
    }

    @Test
    void backups_by_barman_and_by_wal_g_have_their_log_beside_them() {
        assertThat(read("runbooks/odoo-barman.yaml").backups())
                .extractingByKey(Asset.DATABASE)
                .satisfies(source -> assertThat(source.log())
                        .contains(new LogSource("odoo/erp-production/wals/", RecoveryTarget.UP_TO_THE_DISASTER)));
        assertThat(read("runbooks/odoo-wal-g.yaml").backups())
                .extractingByKey(Asset.DATABASE)
                .satisfies(source -> assertThat(source.log())
                        .contains(new LogSource("odoo/wal-g/wal_005/", RecoveryTarget.UP_TO_THE_DISASTER)));
    }

    @Test
    void the_drill_of_a_repository_of_pgbackrest_has_no_mistakes() {
        Runbook runbook = read("runbooks/odoo-pgbackrest.yaml");
        assertThat(runbook.backups()).extractingByKey(Asset.DATABASE).satisfies(source -> {
            assertThat(source.stanza()).contains("odoo");
            assertThat(source.key()).contains("${secret:pgbackrest-pass}");
            assertThat(source.log())
                    .contains(new LogSource("pgbackrest/archive/odoo/", RecoveryTarget.UP_TO_THE_DISASTER));
        });
    }

    @Test
    void the_drill_of_encrypted_backups_keeps_its_keys_as_references() {
        Runbook runbook = read("runbooks/odoo-encrypted-dump.yaml");
        assertThat(runbook.backups())
                .extractingByKey(Asset.DATABASE)
                .satisfies(source -> assertThat(source.key()).contains("${secret:backup-identity}"));
    }

    @Test
    void the_drills_of_files_that_are_no_archives_have_no_mistakes() {
        Runbook objects = read("runbooks/odoo-object-filestore.yaml");
        assertThat(objects.backups())
                .extractingByKey(Asset.FILESTORE)
                .satisfies(source -> assertThat(source.format()).isEqualTo(BackupFormat.OBJECTS));
        Runbook restic = read("runbooks/odoo-restic.yaml");
        assertThat(restic.backups())
                .extractingByKey(Asset.FILESTORE)
                .satisfies(source -> assertThat(source.key()).contains("${secret:restic-password}"));
    }

    @Test
    void the_template_of_a_fleet_has_no_mistakes_and_neither_has_it_for_a_tenant() {
        assertThat(read("runbooks/tenants.yaml").template()).isTrue();
        RunbookText filled =
                RunbookFixture.reader().read(Path.of("runbooks/tenants.yaml"), Map.of("fleet.tenant", "alpha"));
        assertThat(filled.runbook().orElseThrow().backups())
                .extractingByKey(Asset.DATABASE)
                .satisfies(source -> assertThat(source.prefix()).isEqualTo("tenants/alpha/db/"));
    }

    private static Runbook read(String file) {
        RunbookText text = RunbookFixture.reader().read(Path.of(file), Map.of());
        assertThat(text.misprints()).isEmpty();
        return text.runbook().orElseThrow();
    }
}
