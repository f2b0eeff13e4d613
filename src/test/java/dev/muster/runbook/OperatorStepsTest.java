package dev.muster.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.drill.Asset;
import dev.muster.drill.OperatorPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Steps in which an operator of the cluster restores the database. */
class OperatorStepsTest {
    private static final String SOUND = RunbookFixture.SOUND
            .replace("format: pg-dump", "format: barman")
            .replace("scratch: { postgres: 15 }", "scratch: { on: kubernetes, postgres: 15 }")
            .replace(
                    "restore: database",
                    "restore: { with: cloudnative-pg, cluster: { database: shop, owner: seller, storage: 20GiB } }");

    private RunbookFixture fixture;

    @TempDir
    Path folder;

    @BeforeEach
    void set() {
        fixture = new RunbookFixture(folder);
    }

    @Test
    void an_operator_restores_the_database_and_the_steps_after_it_have_it() throws IOException {
        assertThat(fixture.faults(SOUND)).isEmpty();
        assertThat(fixture.read(SOUND).runbook().orElseThrow().operator(Asset.DATABASE))
                .contains(new OperatorPlan(
                        OperatorPlan.CLOUD_NATIVE_PG,
                        "shop",
                        "seller",
                        Optional.empty(),
                        OptionalLong.of(20L << 30),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(fixture.read(SOUND).runbook().orElseThrow().steps().get(0).label())
                .isEqualTo("restore: database with cloudnative-pg");
    }

    @Test
    void database_and_owner_are_never_left_to_the_operator() throws IOException {
        assertThat(fixture.faults(SOUND.replace("owner: seller, ", "")))
                .anyMatch(fault -> fault.contains("lacks the key `owner`"));
        assertThat(fixture.faults(SOUND.replace("database: shop, ", "")))
                .anyMatch(fault -> fault.contains("lacks the key `database`"));
        assertThat(fixture.faults(SOUND.replace(", cluster: { database: shop, owner: seller, storage: 20GiB }", "")))
                .anyMatch(fault -> fault.contains("lacks the key `cluster`"));
    }

    @Test
    void an_operator_restores_in_its_cluster_only() throws IOException {
        assertThat(fixture.faults(SOUND.replace("on: kubernetes, ", "")))
                .anyMatch(fault -> fault.contains("only where the scratch is in Kubernetes"));
    }

    @Test
    void an_operator_restores_the_backups_that_it_makes_only() throws IOException {
        assertThat(fixture.faults(SOUND.replace("format: barman", "format: pg-dump")))
                .anyMatch(fault -> fault.contains("no backups of this format"));
    }

    @Test
    void an_unknown_operator_or_asset_is_told_with_its_likely_spelling() throws IOException {
        assertThat(fixture.faults(SOUND.replace("cloudnative-pg", "cloudnativepg")))
                .anyMatch(fault -> fault.contains("Did you mean `cloudnative-pg`?"));
        assertThat(fixture.faults(RunbookFixture.SOUND.replace("restore: database", "restore: databse")))
                .anyMatch(fault -> fault.contains("Did you mean `database`?"));
    }
}
