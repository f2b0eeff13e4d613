package dev.muster.telling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.muster.catalog.Catalog;
import dev.muster.catalog.news.Delivery;
import dev.muster.catalog.news.Outbox;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.DrillRecord;
import dev.muster.drill.DrillSummary;
import dev.muster.drill.News;
import dev.muster.drill.Problem;
import dev.muster.drill.Secret;
import dev.muster.drill.TeardownReceipt;
import dev.muster.drill.Teller;
import dev.muster.drill.Verdict;
import dev.muster.evidence.Records;
import dev.muster.telling.hook.Posting;
import dev.muster.telling.hook.Slack;
import dev.muster.testing.TurnedClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What there is to tell of a drill, and that telling it changes nothing about the drill. */
class TellingTest {
    private static final Instant BEFORE = Instant.parse("2026-10-01T03:00:00Z");

    private final Catalog catalog = Catalog.open("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    private final Channel nowhere = new Slack(Posting.to("nowhere", () -> new Secret("http://127.0.0.1:1/")));
    private final Telling telling = telling(Receiver.USUAL);

    private Telling telling(Set<News.Kind> on) {
        return new Telling(
                catalog,
                List.of(new Receiver("dba", on, List.of(), nowhere)),
                text -> text.replace("hunter2", "******"),
                TurnedClock.at(BEFORE));
    }

    @AfterEach
    void close() {
        catalog.close();
    }

    private void remember(DrillRecord record, String drill, Instant planned, Verdict verdict) {
        catalog.remember(new DrillSummary(
                drill,
                record.request().runbook().name(),
                record.request().runbook().system(),
                planned,
                Optional.of(planned),
                Optional.of(planned.plusSeconds(60)),
                Optional.of(verdict),
                planned,
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty()));
    }

    private void ends(DrillRecord record) {
        remember(record, record.drill(), record.planned(), record.verdict());
        telling.ended(record, Optional.empty());
    }

    private List<News> told() {
        return new Outbox(catalog).newest(10).stream().map(Delivery::news).toList();
    }

    @Test
    void a_drill_that_failed_is_told_with_what_to_do() {
        ends(Records.failed());
        assertThat(told()).singleElement().satisfies(news -> {
            assertThat(news.kind()).isEqualTo(News.Kind.FAILED);
            assertThat(news.drill()).contains(Records.failed().drill());
            assertThat(news.problem().orElseThrow().remedy()).contains("Restore the file");
        });
    }

    @Test
    void one_that_passes_is_told_only_after_one_of_its_runbook_that_had_not() {
        DrillRecord passed = Records.passed();
        remember(passed, "before", BEFORE, Verdict.PASSED);
        ends(passed);
        assertThat(told()).isEmpty();

        remember(passed, "before", BEFORE, Verdict.COULD_NOT_RUN);
        ends(passed);
        assertThat(told()).extracting(News::kind).containsExactly(News.Kind.PASSED_AGAIN);
    }

    @Test
    void one_that_passes_after_the_system_was_overdue_has_passed_again() {
        DrillRecord passed = Records.passed();
        remember(passed, "before", BEFORE, Verdict.PASSED);
        String system = passed.request().runbook().system();
        telling.tell(new News(
                News.Kind.OVERDUE, system, Optional.of(system), Optional.empty(), BEFORE, "Overdue", Optional.empty()));
        ends(passed);
        assertThat(told()).extracting(News::kind).containsExactlyInAnyOrder(News.Kind.OVERDUE, News.Kind.PASSED_AGAIN);
    }

    @Test
    void what_a_process_died_before_it_could_tell_is_told_later_and_once() {
        DrillRecord failed = Records.failed();
        remember(failed, failed.drill(), BEFORE.minusSeconds(3600), Verdict.FAILED);
        remember(failed, "long-ago", BEFORE.minus(Duration.ofDays(2)), Verdict.FAILED);
        remember(failed, "passed", BEFORE.minusSeconds(1800), Verdict.PASSED);
        telling.catchUp();
        assertThat(told()).extracting(News::drill).containsExactly(Optional.of(failed.drill()));
        telling.ended(failed, Optional.empty());
        telling.catchUp();
        assertThat(told()).hasSize(1);
    }

    @Test
    void what_a_teardown_left_behind_is_told_with_its_name() {
        DrillRecord passed = Records.passed();
        telling.ended(
                new DrillRecord(
                        passed.drill(),
                        passed.request(),
                        passed.planned(),
                        passed.started(),
                        passed.finished(),
                        passed.verdict(),
                        passed.recoveryPoint(),
                        passed.attempts(),
                        passed.objectsRead(),
                        passed.readings(),
                        passed.skew(),
                        passed.rpo(),
                        passed.rto(),
                        passed.processes(),
                        passed.checks(),
                        passed.findings(),
                        passed.problems(),
                        passed.timeline(),
                        passed.environment(),
                        Optional.of(new TeardownReceipt(
                                "scratch-7", "/scratches/7", false, passed.finished(), List.of("process 4711"))),
                        passed.proof(),
                        passed.programme(),
                        passed.approval(),
                        passed.log()),
                Optional.empty());
        assertThat(told()).singleElement().satisfies(news -> {
            assertThat(news.kind()).isEqualTo(News.Kind.LEFT_BEHIND);
            assertThat(news.what()).contains("process 4711");
            assertThat(news.problem().orElseThrow().remedy()).contains("muster scratch remove scratch-7");
        });
    }

    @Test
    void no_secret_is_told() {
        telling.tell(new News(
                News.Kind.LEFT_BEHIND,
                "scratch",
                Optional.empty(),
                Optional.empty(),
                BEFORE,
                "password hunter2",
                Optional.of(new Problem("hunter2", "hunter2", "hunter2"))));
        assertThat(told().toString()).contains("******").doesNotContain("hunter2");
    }

    @Test
    void when_the_catalog_cannot_be_written_the_drill_and_the_others_who_tell_go_on() {
        Teller broken = new Teller() {
            @Override
            public void ended(DrillRecord record, Optional<Path> bundle) {
                throw new CouldNotRun(new Problem("The catalog cannot be written", "", ""));
            }

            @Override
            public void tell(News news) {
                throw new IllegalStateException("no catalog");
            }
        };
        remember(Records.failed(), Records.failed().drill(), BEFORE.plus(Duration.ofDays(1)), Verdict.FAILED);
        Tellers both = new Tellers(List.of(broken, telling));
        assertThatCode(() -> both.ended(Records.failed(), Optional.empty())).doesNotThrowAnyException();
        assertThatCode(() -> both.tell(new News(
                        News.Kind.MISSED, "erp", Optional.empty(), Optional.empty(), BEFORE, "x", Optional.empty())))
                .doesNotThrowAnyException();
        assertThat(told()).hasSize(2);
    }
}
