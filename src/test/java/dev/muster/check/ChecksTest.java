package dev.muster.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.drill.CheckResult;
import dev.muster.drill.Progress;
import dev.muster.drill.Stage;
import dev.muster.drill.Step;
import dev.muster.drill.Verdict;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ChecksTest {
    private static final String[] INTEGRITY = {
        "indexes-valid",
        "heap-and-indexes",
        "everything-readable",
        "foreign-keys",
        "constraints-hold",
        "sequences-ahead",
        "collations-match",
        "extensions-there",
        "row-counts"
    };

    /** They are asked where there is something to compare with. */
    private static final String[] COMPARING = {
        "as-the-last-drill", "as-the-baseline", "right-system", "roles-and-owners"
    };

    private static final String SLEEPERS =
            "select count(*) from pg_stat_activity where state = 'active' and query like 'select pg_sleep%'";

    @RegisterExtension
    static final RestoredDatabase RESTORED = new RestoredDatabase();

    @Test
    void every_shipped_check_belongs_to_a_group() {
        assertThat(Checks.shipped(Clock.systemUTC()).groups())
                .containsOnlyKeys(
                        "configuration-inventory",
                        "database-integrity",
                        "filestore-consistency",
                        "invariants",
                        "odoo-invariants",
                        "vault-health")
                .satisfies(groups -> assertThat(groups.get("database-integrity"))
                        .contains(INTEGRITY)
                        .contains(COMPARING)
                        .hasSize(INTEGRITY.length + COMPARING.length))
                .satisfies(groups -> assertThat(groups.get("filestore-consistency"))
                        .containsExactly("attachments-complete", "files-named"));
    }

    @Test
    void a_step_asks_a_whole_group_or_a_single_check() throws Exception {
        RESTORED.sql("create table sale_order (id int primary key)", "insert into sale_order values (1)");
        Checks checks = Checks.shipped(Clock.systemUTC());

        assertThat(checks.run(step("database-integrity"), RESTORED.subject(), Progress.SILENT))
                .extracting(CheckResult::name)
                .containsExactly(INTEGRITY);
        assertThat(checks.run(step("row-counts"), RESTORED.subject(), Progress.SILENT))
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.step()).isEqualTo("check: row-counts");
                    assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
                });
    }

    @Test
    void what_is_left_out_has_no_result_and_the_group_tells_the_reason() throws Exception {
        RESTORED.sql("create table sale_order (id int primary key)", "insert into sale_order values (1)");
        Step.Check step = new Step.Check(
                "database-integrity",
                Map.of(),
                Optional.empty(),
                Map.of("indexes-valid", "Rebuilt every night.", "foreign-keys", "The system has none."));

        List<CheckResult> results = Checks.shipped(Clock.systemUTC()).run(step, RESTORED.subject(), Progress.SILENT);

        assertThat(results)
                .hasSize(INTEGRITY.length - 2)
                .extracting(CheckResult::name)
                .doesNotContain("indexes-valid", "foreign-keys");
        assertThat(results.stream().flatMap(result -> result.findings().stream()))
                .extracting(
                        finding -> finding.severity() + " " + finding.problem().what())
                .containsExactlyInAnyOrder(
                        "MAJOR The check indexes-valid was left out and proves nothing: Rebuilt every night.",
                        "MAJOR The check foreign-keys was left out and proves nothing: The system has none.");
    }

    @Test
    void a_check_that_does_not_exist_could_not_run() throws Exception {
        CheckResult result = RESTORED.ask("database-integrety");

        assertThat(result.verdict()).isEqualTo(Verdict.COULD_NOT_RUN);
        assertThat(RestoredDatabase.said(result)).contains("database-integrety", "runbooks/monthly.yaml");
    }

    @Test
    void a_check_without_a_database_could_not_run() throws Exception {
        Subject nothing = new Subject(
                RestoredDatabase.runbook(Map.of()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                RestoredDatabase.DISASTER,
                Map.of());

        assertThat(Checks.shipped(Clock.systemUTC()).run(step("database-integrity"), nothing, Progress.SILENT))
                .hasSizeGreaterThanOrEqualTo(INTEGRITY.length)
                .allSatisfy(result -> {
                    assertThat(result.verdict()).isEqualTo(Verdict.COULD_NOT_RUN);
                    assertThat(RestoredDatabase.said(result)).contains("no restored database", "restore: database");
                });
    }

    @Test
    void an_error_of_the_server_is_no_answer() throws Exception {
        CheckResult result = run(question("select 1 from nowhere"), RESTORED.subject());

        assertThat(result.verdict()).isEqualTo(Verdict.COULD_NOT_RUN);
        assertThat(RestoredDatabase.said(result)).contains("relation \"nowhere\" does not exist");
    }

    @Test
    void a_check_that_breaks_is_no_answer() throws Exception {
        CheckResult result = run(
                new Question(subject -> {
                    throw new IOException("disk unreadable");
                }),
                RESTORED.subject());

        assertThat(result.verdict()).isEqualTo(Verdict.COULD_NOT_RUN);
        assertThat(RestoredDatabase.said(result)).contains("disk unreadable");
    }

    @Test
    void a_check_writes_nothing() throws Exception {
        CheckResult result = run(question("create table written (id int)"), RESTORED.subject());

        assertThat(RestoredDatabase.said(result)).contains("read-only transaction");
        assertThat(RESTORED.value("select to_regclass('written')")).isEqualTo("null");
    }

    @Test
    void a_check_that_outlasts_its_deadline_is_ended_and_is_no_answer() throws Exception {
        Subject hurried = new Subject(
                RestoredDatabase.runbook(Map.of(Stage.CHECK, Duration.ofMillis(300))),
                Optional.of(RESTORED.database()),
                Optional.empty(),
                Optional.empty(),
                RestoredDatabase.DISASTER,
                Map.of());

        CheckResult result = run(question("select pg_sleep(600)"), hurried);

        assertThat(result.verdict()).isEqualTo(Verdict.COULD_NOT_RUN);
        assertThat(RestoredDatabase.said(result)).contains("deadlines");
        await().untilAsserted(() -> assertThat(RESTORED.value(SLEEPERS)).isEqualTo("0"));
    }

    @Test
    void a_cancel_ends_the_check_and_its_statement() throws Exception {
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Thread drill = new Thread(() -> {
            try {
                run(question("select pg_sleep(600)"), RESTORED.subject());
                ended.complete(new AssertionError("the check had an answer"));
            } catch (InterruptedException cancelled) {
                ended.complete(cancelled);
            }
        });
        drill.start();
        await().untilAsserted(() -> assertThat(RESTORED.value(SLEEPERS)).isEqualTo("1"));

        drill.interrupt();

        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(
                        () -> assertThat(ended).isCompletedWithValueMatching(InterruptedException.class::isInstance));
        await().untilAsserted(() -> assertThat(RESTORED.value(SLEEPERS)).isEqualTo("0"));
    }

    @Test
    void a_result_says_when_it_was_asked_and_answered() throws Exception {
        Instant before = Instant.now();

        CheckResult result = run(new Question(subject -> Answer.passed(Map.of("seen", "1"))), RESTORED.subject());

        assertThat(result.started()).isBetween(before, result.finished());
        assertThat(result.finished()).isBeforeOrEqualTo(Instant.now());
    }

    private static CheckResult run(Check check, Subject subject) throws InterruptedException {
        return new Checks(Clock.systemUTC(), List.of(check))
                .run(step(check.name()), subject, Progress.SILENT)
                .get(0);
    }

    private static Step.Check step(String name) {
        return new Step.Check(name, Map.of());
    }

    private static Question question(String sql) {
        return new Question(subject -> {
            try (Connection connection = subject.restoredDatabase().connect();
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
                return Answer.passed(Map.of("asked", sql));
            }
        });
    }

    private record Question(Asking asking) implements Check {
        interface Asking {
            Answer ask(Subject subject) throws SQLException, IOException;
        }

        @Override
        public String name() {
            return "question";
        }

        @Override
        public String group() {
            return "questions";
        }

        @Override
        public Answer ask(Step.Check step, Subject subject, Progress progress) throws SQLException, IOException {
            return asking.ask(subject);
        }
    }
}
