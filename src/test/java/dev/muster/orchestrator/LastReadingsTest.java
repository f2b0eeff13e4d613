package dev.muster.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.check.Watermarks;
import dev.muster.drill.Asset;
import dev.muster.drill.BusinessProcess;
import dev.muster.drill.CheckResult;
import dev.muster.drill.DrillRequest;
import dev.muster.drill.Finding;
import dev.muster.drill.Problem;
import dev.muster.drill.Reading;
import dev.muster.drill.Readings;
import dev.muster.drill.Verdict;
import dev.muster.restore.RestoreOutcome;
import dev.muster.scratch.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LastReadingsTest {
    private static final Instant DISASTER = Instant.parse("2026-11-20T05:00:00Z");

    @Test
    void rows_older_than_their_snapshot_are_no_finding() throws Exception {
        assertThat(findings("2026-11-20T04:43:58Z", "2026-11-20T04:43:32Z")).isEmpty();
    }

    @Test
    void a_row_younger_than_its_snapshot_shows_that_the_zone_is_wrong() throws Exception {
        assertThat(findings("2026-11-19T19:43:58Z", "2026-11-20T04:43:32Z"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Finding.Severity.MAJOR);
                    assertThat(finding.problem().toString()).contains("539 min after", "Set `zone:`");
                });
    }

    @Test
    void a_backup_that_claims_no_instant_is_told_how_to_claim_one() throws Exception {
        Notes notes = notes(Map.of());
        notes.restored(
                Asset.FILESTORE, outcome(new Readings(unknown(), unknown(), unknown()), List.of(), Optional.empty()));
        take(notes);
        assertThat(notes.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.problem().remedy())
                        .startsWith("Let the backup job write the time into the object's name"));
    }

    @Test
    void a_database_that_did_not_come_back_is_not_asked_for_its_newest_row() throws Exception {
        BusinessProcess orders =
                new BusinessProcess("orders", Sample.OBJECTIVES, Optional.of("select now()"), List.of());
        Notes notes = notes(Map.of("orders", orders));
        CheckResult cutShort = new CheckResult(
                "restored-completely",
                "restore: database",
                Verdict.FAILED,
                DISASTER,
                DISASTER,
                Map.of(),
                Optional.of(new Problem("The dump is cut short", "", "")),
                List.of());
        notes.restored(
                Asset.DATABASE,
                outcome(
                        new Readings(unknown(), unknown(), unknown()),
                        List.of(cutShort),
                        Optional.of(new HalfRestored())));
        take(notes);
        assertThat(notes.checks()).containsExactly(cutShort);
    }

    @Test
    void a_claim_that_the_proof_contradicts_is_a_finding() throws Exception {
        assertThat(files(List.of()).stream().map(one -> one.problem().what()))
                .anySatisfy(what -> assertThat(what).contains("filestore backup claims", "min apart"));
    }

    @Test
    void files_that_are_proven_by_the_database_may_have_been_copied_long_after_its_newest_row() throws Exception {
        CheckResult complete = new CheckResult(
                "attachments-complete",
                "check: filestore-consistency",
                Verdict.PASSED,
                DISASTER,
                DISASTER,
                Map.of("files", "3"),
                Optional.empty(),
                List.of());

        assertThat(files(List.of(complete))).isEmpty();
    }

    private static List<Finding> files(List<CheckResult> checks) throws InterruptedException {
        Notes notes = notes(Map.of());
        Reading database = Reading.of(DISASTER.minus(Duration.ofHours(9)), "last commit");
        Reading copied = Reading.of(DISASTER.minus(Duration.ofHours(1)), "newest upload");
        Reading older = Reading.of(DISASTER.minus(Duration.ofHours(8)), "newest file");
        notes.restored(
                Asset.DATABASE, outcome(new Readings(database, database, database), List.of(), Optional.empty()));
        notes.restored(Asset.FILESTORE, outcome(new Readings(copied, older, older), checks, Optional.empty()));
        take(notes);
        return notes.findings();
    }

    private static List<Finding> findings(String snapshot, String newestRow) throws InterruptedException {
        Notes notes = notes(Map.of());
        Reading start = Reading.of(Instant.parse(snapshot), "start in the archive's header");
        Reading row = Reading.of(Instant.parse(newestRow), "newest row");
        notes.restored(Asset.DATABASE, outcome(new Readings(start, start, row), List.of(), Optional.empty()));
        take(notes);
        return notes.findings();
    }

    private static void take(Notes notes) throws InterruptedException {
        new LastReadings(notes, new Watermarks(Duration.ofSeconds(1)), Clock.systemUTC()).take();
    }

    private static Notes notes(Map<String, BusinessProcess> processes) {
        DrillRequest request = new DrillRequest(
                Sample.runbook(processes),
                DISASTER,
                "somebody",
                DrillRequest.Trigger.OPERATOR,
                Map.of(),
                Map.of(),
                Optional.empty());
        return new Notes("sample-1", request, DISASTER);
    }

    private static RestoreOutcome outcome(Readings readings, List<CheckResult> checks, Optional<Database> database) {
        return new RestoreOutcome(checks, readings, database, Optional.empty(), Map.of(), List.of());
    }

    private static Reading unknown() {
        return Reading.none("nothing says it");
    }

    /** A database that nobody should ask anything. */
    private record HalfRestored() implements Database {
        @Override
        public String name() {
            return "half";
        }

        @Override
        public Database named(String other) {
            throw new AssertionError("it was asked");
        }

        @Override
        public int major() {
            return 15;
        }

        @Override
        public String version() {
            return "15.18";
        }

        @Override
        public Connection connect() throws SQLException {
            throw new SQLException("it was asked");
        }

        @Override
        public Map<String, String> environment() {
            return Map.of();
        }

        @Override
        public Map<String, String> tuning() {
            return Map.of();
        }
    }
}
