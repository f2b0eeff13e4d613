package dev.muster.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.drill.Asset;
import dev.muster.drill.BackupSource;
import dev.muster.drill.Runbook;
import dev.muster.drill.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values from the command line are checked like those in the file, and blamed on the command line. */
class OverridesTest {
    private static final String FOUND =
            RunbookFixture.SOUND.replace("steps:", "processes: { sales: { rpo: 1h } }\nsteps:")
                    + "    rows: { orders: 5 }\n";

    @TempDir
    Path folder;

    private RunbookFixture fixture;

    @BeforeEach
    void prepare() {
        fixture = new RunbookFixture(folder);
    }

    @Test
    void a_value_takes_the_place_of_the_one_in_the_file() throws IOException {
        Runbook runbook = fixture.read(
                        FOUND,
                        Map.of(
                                "backups.database.prefix", "2024",
                                "scratch.postgres", "16",
                                "scratch.timeToLive", "90m",
                                "processes.sales.rpo", "5m",
                                "steps.1.rows.orders", "7"))
                .runbook()
                .orElseThrow();
        assertThat(runbook.backups()).extractingByKey(Asset.DATABASE).returns("2024", BackupSource::prefix);
        assertThat(runbook.scratch().postgres()).isEqualTo(16);
        assertThat(runbook.scratch().timeToLive()).isEqualTo(Duration.ofMinutes(90));
        assertThat(runbook.processes())
                .extractingByKey("sales")
                .returns(Duration.ofMinutes(5), process -> process.objectives().rpo());
        assertThat(runbook.steps().get(1)).isEqualTo(new Step.Check("database-integrity", Map.of("orders", 7L)));
    }

    @Test
    void the_digest_is_that_of_the_file_whatever_is_set() throws IOException {
        assertThat(fixture.read(FOUND, Map.of("title", "Other"))
                        .runbook()
                        .orElseThrow()
                        .sha256())
                .isEqualTo(fixture.read(FOUND).runbook().orElseThrow().sha256());
    }

    @Test
    void a_key_that_the_file_leaves_out_can_be_set() throws IOException {
        assertThat(fixture.read(FOUND, Map.of("deadlines.fetch", "1h")).misprints())
                .isEmpty();
    }

    @Test
    void a_path_that_is_not_known_is_refused_with_a_suggestion() throws IOException {
        assertThat(fixture.faults(
                        FOUND,
                        Map.of(
                                "backups.databse.prefix", "x",
                                "processes.sale.rpo", "1m",
                                "steps.2.check", "x",
                                "name.x", "y",
                                "", "z")))
                .containsExactly(
                        "--set : There is no `` in the file. Known here: apiVersion, name, title, system, owner, scenario,"
                                + " criticality, covers, exclusions, assumptions, classification, retain, people, approved,"
                                + " schedule, approval, fleet, objectives, processes, backups, baseline, scratch, deadlines, expected, detection,"
                                + " applications, workflows, steps.",
                        "--set backups.databse.prefix: There is no `databse` in `backups`. Did you mean `database`?"
                                + " Known here: database, filestore, configuration.",
                        "--set name.x: There is no `x` in `name`. Leave out what follows `name`.",
                        "--set processes.sale.rpo: There is no `sale` in `processes`. Did you mean `sales`?"
                                + " Known here: sales.",
                        "--set steps.2.check: There is no `2` in `steps`. Known here: 0, 1.");
    }

    @Test
    void a_wrong_value_is_blamed_on_the_command_line() throws IOException {
        assertThat(fixture.faults(
                        FOUND, Map.of("scratch.postgres", "9", "backups.database.vault", "primry", "objectives", "1h")))
                .satisfiesExactly(
                        fault -> assertThat(fault)
                                .startsWith("--set backups.database.vault: `backups.database.vault` is"),
                        fault -> assertThat(fault).startsWith("--set objectives: `objectives` is text, not a mapping"),
                        fault -> assertThat(fault)
                                .startsWith("--set scratch.postgres: `scratch.postgres` is `9`, less"));
    }
}
