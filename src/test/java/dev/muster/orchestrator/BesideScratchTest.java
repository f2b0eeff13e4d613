package dev.muster.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.backup.VaultKeys;
import dev.muster.backup.VaultSettings;
import dev.muster.backup.Vaults;
import dev.muster.drill.Application;
import dev.muster.drill.Asset;
import dev.muster.drill.Backup;
import dev.muster.drill.BackupFormat;
import dev.muster.drill.BackupSource;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.DrillRequest;
import dev.muster.drill.Endpoint;
import dev.muster.drill.Ensemble;
import dev.muster.drill.OperatorPlan;
import dev.muster.drill.Progress;
import dev.muster.drill.Reading;
import dev.muster.drill.RecoveryPoint;
import dev.muster.drill.RecoveryTarget;
import dev.muster.drill.Secret;
import dev.muster.drill.Selection;
import dev.muster.drill.Step;
import dev.muster.drill.StoredObject;
import dev.muster.scratch.Companions;
import dev.muster.scratch.Served;
import dev.muster.scratch.ServerWish;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Whoever works within a scratch has the runbook's own applications and operator beside it, and nothing else. */
class BesideScratchTest {
    private static final Instant DISASTER = Instant.parse("2026-11-21T20:16:00Z");
    private static final Duration WITHIN = Duration.ofMinutes(3);
    private static final URI VAULT = URI.create("http://vault.example.com:9000");
    private static final Ensemble MANIFESTS = new Ensemble(List.of(), "5".repeat(64), new Endpoint("shop", 8069));
    private static final OperatorPlan PLAN = new OperatorPlan(
            OperatorPlan.CLOUD_NATIVE_PG,
            "shop",
            "seller",
            Optional.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty());
    private static final Served SERVED = Served.at(new Endpoint("shop", 8069), List.of(), Map.of());

    private final Asked companions = new Asked();

    @Test
    void an_application_is_started_from_the_manifests_of_the_runbook() throws Exception {
        Served served = beside(start("shop", Optional.of(MANIFESTS)))
                .start("shop", Map.of("database", "started"), OptionalInt.of(4711));

        assertThat(served).isEqualTo(SERVED);
        assertThat(companions.started)
                .containsExactly(new Start(MANIFESTS, Map.of("database", "started"), OptionalInt.of(4711), WITHIN));
    }

    @Test
    void an_application_that_the_runbook_does_not_name_is_refused() {
        BesideScratch beside = beside(start("shop", Optional.of(MANIFESTS)));

        assertThatThrownBy(() -> beside.start("miner", Map.of(), OptionalInt.empty()))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("asked for the application miner, of which the runbook says nothing");
        assertThat(companions.started).isEmpty();
    }

    @Test
    void an_application_that_is_a_program_in_the_scratch_is_not_started_beside_it() {
        BesideScratch beside = beside(start("shop", Optional.empty()));

        assertThatThrownBy(() -> beside.start("shop", Map.of(), OptionalInt.empty()))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("manifests of the application shop");
        assertThat(companions.started).isEmpty();
    }

    @Test
    void an_operator_recovers_the_backup_that_was_chosen_from_the_vault_that_holds_it() throws Exception {
        beside(new Step.Restore(Asset.DATABASE, Optional.of(PLAN))).recover(RecoveryTarget.UP_TO_THE_DISASTER);

        assertThat(companions.wishes)
                .singleElement()
                .usingRecursiveComparison()
                .isEqualTo(new ServerWish(
                        PLAN,
                        15,
                        100,
                        new ServerWish.Store(
                                "primary",
                                Optional.of(VAULT),
                                "eu-central-1",
                                "backups",
                                "shop/production/",
                                new Secret("key"),
                                new Secret("secret"),
                                Optional.empty()),
                        "20261121T200000",
                        RecoveryTarget.UP_TO_THE_DISASTER));
    }

    @Test
    void an_operator_that_the_runbook_does_not_name_is_refused() {
        BesideScratch beside = beside(new Step.Restore(Asset.DATABASE));

        assertThatThrownBy(() -> beside.recover(RecoveryTarget.UP_TO_THE_DISASTER))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("asked for an operator, of which the runbook says nothing");
        assertThat(companions.wishes).isEmpty();
    }

    private BesideScratch beside(Step step) {
        Notes notes = new Notes(
                "sample-1",
                new DrillRequest(
                        Sample.runbook(List.of(step)),
                        DISASTER,
                        "somebody",
                        DrillRequest.Trigger.OPERATOR,
                        Map.of(),
                        Map.of(),
                        Optional.empty()),
                DISASTER);
        notes.chosen(new RecoveryPoint(DISASTER, Map.of(Asset.DATABASE, backup()), List.of()));
        notes.opens(Map.of(
                "primary", new VaultKeys(new Secret("key"), new Secret("secret"), Optional.empty(), Optional.empty())));
        VaultSettings primary = new VaultSettings(
                "primary",
                Optional.of(VAULT),
                "eu-central-1",
                "backups",
                true,
                Optional.of(() -> new Secret("key")),
                Optional.of(() -> new Secret("secret")));
        return new BesideScratch(
                notes,
                new Vaults(List.of(primary), name -> new Secret(""), Clock.systemUTC()),
                companions,
                Progress.SILENT);
    }

    private static Step start(String name, Optional<Ensemble> manifests) {
        return new Step.Start(new Application(
                name,
                manifests.isPresent() ? List.of() : List.of("shop"),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                "/health",
                WITHIN,
                manifests));
    }

    private static Backup backup() {
        return new Backup(
                Asset.DATABASE,
                new BackupSource(
                        Asset.DATABASE,
                        "primary",
                        BackupFormat.BARMAN,
                        "shop/production/",
                        Optional.empty(),
                        Selection.NEWEST,
                        ZoneOffset.UTC,
                        Optional.empty()),
                new StoredObject(
                        "primary",
                        "backups",
                        "shop/production/base/20261121T200000/backup.info",
                        100,
                        "etag",
                        Optional.empty(),
                        DISASTER),
                Reading.of(DISASTER, "end of the backup"));
    }

    private record Start(Ensemble manifests, Map<String, String> blanks, OptionalInt port, Duration within) {}

    /** Whoever holds the scratch from outside, and remembers what was asked. */
    private static final class Asked implements Companions {
        private final List<Start> started = new ArrayList<>();
        private final List<ServerWish> wishes = new ArrayList<>();

        @Override
        public Served start(
                Ensemble manifests, Map<String, String> blanks, OptionalInt port, Duration within, Progress progress) {
            started.add(new Start(manifests, blanks, port, within));
            return SERVED;
        }

        @Override
        public Served recover(ServerWish wish, Progress progress) {
            wishes.add(wish);
            return SERVED;
        }
    }
}
