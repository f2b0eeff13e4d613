package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.check.Checks;
import dev.muster.cli.Demonstration;
import dev.muster.drill.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** All faults there are, in the estate of the demonstration, against the runbook that is shipped for it. */
@Tag("long")
class DetectionPowerTest {
    /**
     * What no fault stands for: promises about the vault, of which a proof changes nothing but the clock, and what the
     * runbook asks for neither a baseline nor roles.
     */
    private static final Set<String> WITHOUT_FAULT = Set.of(
            "as-the-baseline",
            "roles-and-owners",
            "vault-promises",
            "vault-sequence",
            "vault-sizes",
            "vault-retention",
            "vault-encryption",
            "vault-versioning",
            "vault-lock",
            "vault-replica");

    @TempDir
    Path folder;

    @Test
    void every_check_is_the_first_to_catch_a_fault_and_all_is_done_within_three_minutes() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Clock clock = Clock.systemUTC();
        JsonNode proof;
        Duration took;
        try (Demonstration.Estate estate = new SampleDemonstration(clock)
                .prepare(folder.resolve("demo"), "127.0.0.1", Optional.empty(), Progress.SILENT)) {
            Instant from = clock.instant();
            proof = prove(estate, clock);
            took = Duration.between(from, clock.instant());
        }

        List<String> escaped = new ArrayList<>();
        Set<String> first = new TreeSet<>();
        for (JsonNode fault : proof.path("faults")) {
            if (fault.path("caught").booleanValue()) {
                first.add(fault.path("caughtBy").path(0).asString());
            } else {
                escaped.add(fault.path("name").asString());
            }
        }
        assertThat(proof.path("control").asString()).isEqualTo("PASSED");
        assertThat(escaped).isEmpty();
        Set<String> shipped = new TreeSet<>();
        Checks.shipped(clock).groups().values().forEach(shipped::addAll);
        shipped.removeAll(WITHOUT_FAULT);
        assertThat(first)
                .containsAll(shipped)
                .contains("neutralised", "source-unchanged", "objective: rpo", "no-way-out");
        assertThat(took).isLessThan(Duration.ofMinutes(3));
    }

    private static JsonNode prove(Demonstration.Estate estate, Clock clock) {
        return Playground.muster(
                        estate.config(), clock, "prove", estate.runbook().toString(), "--json", "--seed", "20261121")
                .json();
    }
}
