package dev.muster.orchestrator.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.check.Checks;
import dev.muster.drill.Asset;
import dev.muster.drill.CheckResult;
import dev.muster.drill.DrillRequest;
import dev.muster.drill.Finding;
import dev.muster.drill.Problem;
import dev.muster.drill.Reading;
import dev.muster.drill.Readings;
import dev.muster.drill.RecoveryPoint;
import dev.muster.drill.Runbook;
import dev.muster.drill.Secret;
import dev.muster.drill.Stage;
import dev.muster.drill.TimelineEntry;
import dev.muster.drill.Verdict;
import dev.muster.orchestrator.WorkDone;
import dev.muster.orchestrator.WorkOrder;
import dev.muster.runbook.RunbookReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JacksonException;

class WireTest {
    private static final Instant NOW = Instant.parse("2026-11-20T03:00:00.123456789Z");

    static List<Path> runbooks() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("runbooks"))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("runbooks")
    void a_runbook_comes_over_as_it_is(Path file) {
        Runbook runbook = new RunbookReader(
                        Set.of("primary"), Checks.shipped(Clock.systemUTC()).groups())
                .read(file, Map.of())
                .runbook()
                .orElseThrow();
        DrillRequest request = new DrillRequest(
                runbook,
                NOW,
                "somebody",
                DrillRequest.Trigger.OPERATOR,
                Map.of(Asset.DATABASE, "db/one"),
                Map.of("scratch.on", "kubernetes"),
                Optional.of(Duration.ofHours(4)));
        Told told = new Told.Work(
                7,
                new WorkOrder("drill-1", request, NOW, NOW, new RecoveryPoint(NOW, Map.of(), List.of()), List.of()),
                List.of(new Told.VaultPlace("primary", Optional.empty(), "eu-central-1", "acme", true)),
                List.of(new Programs.Carried("odoo", "IyEvYmluL3NoCg==")));

        assertThat(Wire.read(Wire.line(told, Told.class), Told.class)).isEqualTo(told);
    }

    @Test
    void what_was_observed_comes_over_as_it_is_whatever_ended_it() {
        Problem problem = new Problem("What\nis wrong", "where \"it\" is", "and what to do");
        for (WorkDone.Ended ended : List.of(
                new WorkDone.Ended.Whole(),
                new WorkDone.Ended.Walked(Asset.DATABASE, problem),
                new WorkDone.Ended.Bad(problem),
                new WorkDone.Ended.Unable(problem),
                new WorkDone.Ended.Stopped("enough"))) {
            Said.Numbered said = new Said.Numbered(3, new Said.Ended(done(problem, ended)));
            String line = Wire.line(said, Said.Numbered.class);

            assertThat(line).doesNotContain("\n");
            assertThat(Wire.read(line, Said.Numbered.class)).isEqualTo(said);
        }
    }

    @Test
    void a_secret_is_never_said() {
        assertThatThrownBy(() -> Wire.line(new Secret("s3cr3t"), Secret.class))
                .hasStackTraceContaining("a secret was about to be said aloud");
    }

    @Test
    void what_is_read_becomes_nothing_but_what_is_expected() {
        for (String line : List.of(
                "{\"number\":1,\"said\":{\"is\":\"java.util.HashMap\"}}",
                "{\"number\":1,\"said\":{\"is\":\"Begins\",\"stage\":\"FETCH\",\"more\":1}}",
                "{\"number\":1,\"said\":{\"stage\":\"FETCH\"}}",
                "{\"number\":1,\"said\":{\"is\":\"Begins\",\"stage\":\"NO_STAGE\"}}",
                "[]",
                "rubbish")) {
            assertThatThrownBy(() -> Wire.read(line, Said.Numbered.class))
                    .as(line)
                    .isInstanceOf(JacksonException.class);
        }
    }

    private static WorkDone done(Problem problem, WorkDone.Ended ended) {
        return new WorkDone(
                List.of(),
                Map.of(
                        Asset.DATABASE,
                        new Readings(Reading.of(NOW, "claimed"), Reading.of(NOW, "proven"), Reading.none("not seen"))),
                Map.of("orders", Reading.of(NOW, "newest row")),
                List.of(new CheckResult(
                        "check",
                        "step",
                        Verdict.FAILED,
                        NOW,
                        NOW,
                        Map.of("a", "b"),
                        Optional.of(problem),
                        List.of(new Finding(Finding.Severity.MAJOR, problem)))),
                List.of(new Finding(Finding.Severity.NOTE, problem)),
                List.of(problem),
                List.of(new TimelineEntry(Stage.FETCH, "fetch: database", NOW, NOW)),
                Map.of("one", "two"),
                Optional.empty(),
                "a line\n",
                ended);
    }
}
