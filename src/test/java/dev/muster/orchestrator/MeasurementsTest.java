package dev.muster.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.drill.Asset;
import dev.muster.drill.BusinessProcess;
import dev.muster.drill.CheckResult;
import dev.muster.drill.Figure;
import dev.muster.drill.Problem;
import dev.muster.drill.ProcessFigures;
import dev.muster.drill.Reading;
import dev.muster.drill.Readings;
import dev.muster.drill.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MeasurementsTest {
    private static final Instant DISASTER = Instant.parse("2026-11-20T03:00:00Z");
    private static final Instant PLANNED = Instant.parse("2026-11-20T03:00:05Z");

    @Test
    void the_worst_asset_that_holds_business_data_decides_the_rpo() {
        Figure rpo = measured(Map.of(
                        Asset.DATABASE, proven("2026-11-20T02:50:00Z"),
                        Asset.FILESTORE, proven("2026-11-20T02:20:00Z"),
                        Asset.CONFIGURATION, proven("2026-11-01T00:00:00Z")))
                .rpo();
        assertThat(rpo.achieved()).contains(Duration.ofMinutes(40));
        assertThat(rpo.formula()).contains("database and filestore");
        assertThat(rpo.inputs()).containsKeys("disaster instant", "database", "filestore", "configuration");
    }

    @Test
    void an_asset_without_a_proven_point_leaves_the_rpo_unmeasured() {
        Figure rpo =
                measured(Map.of(Asset.DATABASE, proven("2026-11-20T02:50:00Z"))).rpo();
        assertThat(rpo.achieved()).isEmpty();
        assertThat(rpo.met()).isEmpty();
    }

    @Test
    void a_point_after_the_disaster_is_a_wrong_clock_and_no_measurement() {
        Figure rpo = measured(Map.of(
                        Asset.DATABASE,
                        proven("2026-11-20T09:00:00Z"),
                        Asset.FILESTORE,
                        proven("2026-11-20T09:00:00Z")))
                .rpo();
        assertThat(rpo.achieved()).isEmpty();
        assertThat(rpo.formula()).contains("a clock is wrong");
    }

    @Test
    void a_process_is_measured_by_its_own_watermark() {
        Measurements measurements = new Measurements(
                Sample.runbook(Map.of("orders", process(Optional.of("select 1"), List.of("integrity")))),
                DISASTER,
                PLANNED,
                Map.of(Asset.DATABASE, proven("2026-11-20T02:50:00Z")),
                Map.of("orders", Reading.of(Instant.parse("2026-11-20T01:00:00Z"), "newest row")),
                List.of(passed("integrity", "2026-11-20T03:01:05Z"), passed("other", "2026-11-20T03:09:00Z")));
        assertThat(orders(measurements).rpo().achieved()).contains(Duration.ofHours(2));
        assertThat(orders(measurements).rpo().met()).contains(false);
    }

    @Test
    void a_process_is_back_when_the_last_check_that_it_needs_has_passed() {
        Measurements measurements = new Measurements(
                Sample.runbook(Map.of("orders", process(Optional.empty(), List.of("integrity")))),
                DISASTER,
                PLANNED,
                Map.of(Asset.DATABASE, proven("2026-11-20T02:50:00Z")),
                Map.of(),
                List.of(passed("integrity", "2026-11-20T03:01:05Z"), passed("other", "2026-11-20T03:09:00Z")));
        assertThat(orders(measurements).rto().achieved()).contains(Duration.ofMinutes(1));
        assertThat(measurements.rto().achieved()).contains(Duration.ofSeconds(535));
    }

    @Test
    void a_proof_that_no_check_gave_is_no_rto() {
        Measurements measurements = new Measurements(
                Sample.runbook(Map.of("orders", process(Optional.empty(), List.of("login")))),
                DISASTER,
                PLANNED,
                Map.of(),
                Map.of(),
                List.of(passed("integrity", "2026-11-20T03:01:05Z")));
        Figure rto = orders(measurements).rto();
        assertThat(rto.achieved()).isEmpty();
        assertThat(rto.formula()).contains("no check login was run");
    }

    @Test
    void a_proof_that_no_check_gave_is_missed_beside_others_that_did() {
        Measurements measurements = new Measurements(
                Sample.runbook(Map.of("orders", process(Optional.empty(), List.of("integrity", "login")))),
                DISASTER,
                PLANNED,
                Map.of(),
                Map.of(),
                List.of(passed("integrity", "2026-11-20T03:01:05Z")));

        assertThat(orders(measurements).rto().achieved()).isEmpty();
        assertThat(orders(measurements).rto().formula()).contains("no check login was run");
    }

    @Test
    void a_probe_is_a_proof_by_the_name_of_its_step() {
        Instant end = Instant.parse("2026-11-20T03:01:05Z");
        CheckResult probed = new CheckResult(
                "no-way-out",
                "probe: isolation",
                Verdict.PASSED,
                end,
                end,
                Map.of("internet", "not reached"),
                Optional.empty(),
                List.of());
        Measurements measurements = new Measurements(
                Sample.runbook(Map.of("orders", process(Optional.empty(), List.of("isolation")))),
                DISASTER,
                PLANNED,
                Map.of(),
                Map.of(),
                List.of(probed));

        assertThat(orders(measurements).rto().achieved()).contains(Duration.ofMinutes(1));
    }

    @Test
    void a_check_that_did_not_pass_leaves_the_rto_open() {
        Instant now = Instant.parse("2026-11-20T03:01:05Z");
        CheckResult failed = new CheckResult(
                "integrity",
                "check: integrity",
                Verdict.FAILED,
                now,
                now,
                Map.of(),
                Optional.of(new Problem("broken", "", "")),
                List.of());
        Measurements measurements =
                new Measurements(Sample.runbook(Map.of()), DISASTER, PLANNED, Map.of(), Map.of(), List.of(failed));
        assertThat(measurements.rto().achieved()).isEmpty();
        assertThat(measurements.rto().formula()).contains("integrity did not pass");
    }

    @Test
    void the_skew_is_the_filestores_point_against_the_databases() {
        Measurements measurements = measured(Map.of(
                Asset.DATABASE, proven("2026-11-20T02:00:00Z"), Asset.FILESTORE, proven("2026-11-20T02:03:20Z")));
        assertThat(measurements.skew()).contains(Duration.ofSeconds(200));
    }

    private static ProcessFigures orders(Measurements measurements) {
        return Objects.requireNonNull(measurements.processes().get("orders"));
    }

    private static Measurements measured(Map<Asset, Readings> readings) {
        return new Measurements(Sample.runbook(Map.of()), DISASTER, PLANNED, readings, Map.of(), List.of());
    }

    private static Readings proven(String at) {
        Reading reading = Reading.of(Instant.parse(at), "for this test");
        return new Readings(reading, reading, Reading.none("not looked at"));
    }

    private static BusinessProcess process(Optional<String> watermark, List<String> proof) {
        return new BusinessProcess("orders", Sample.OBJECTIVES, watermark, proof);
    }

    private static CheckResult passed(String name, String finished) {
        Instant at = Instant.parse(finished);
        return new CheckResult(
                name, "check: " + name, Verdict.PASSED, at, at, Map.of("rows", "1"), Optional.empty(), List.of());
    }
}
