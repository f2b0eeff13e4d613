package dev.muster.check.comparison;

import static dev.muster.check.RestoredDatabase.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.check.Checks;
import dev.muster.check.RestoredDatabase;
import dev.muster.drill.Asset;
import dev.muster.drill.Census;
import dev.muster.drill.CheckResult;
import dev.muster.drill.Filekeeping;
import dev.muster.drill.Likeness;
import dev.muster.drill.Progress;
import dev.muster.drill.Readings;
import dev.muster.drill.Shrinking;
import dev.muster.drill.Step;
import dev.muster.drill.Verdict;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AsTheLastDrillTest {
    @RegisterExtension
    static final RestoredDatabase RESTORED = new RestoredDatabase();

    @BeforeEach
    void forty_orders_and_four_companies() throws Exception {
        RESTORED.sql(
                "create table sale_order (id int)",
                "insert into sale_order select generate_series(1, 40)",
                "create table company (id int)",
                "insert into company select generate_series(1, 4)");
    }

    @Test
    void passes_where_tables_have_grown_or_lost_what_is_tolerated() throws Exception {
        CheckResult result =
                ask(Map.of("sale_order", 80L, "company", 14L), Shrinking.USUAL).get(0);

        assertThat(result.verdict()).as(said(result)).isEqualTo(Verdict.PASSED);
        assertThat(result.observations()).containsEntry("compared with", "drill-before");
    }

    @Test
    void a_table_that_lost_more_than_half_of_its_rows_is_named_with_both_figures() throws Exception {
        CheckResult result =
                ask(Map.of("sale_order", 81L, "company", 4L), Shrinking.USUAL).get(0);

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(said(result)).contains("sale_order has 40 rows, and had 81").doesNotContain("company has");
    }

    @Test
    void a_table_that_is_gone_is_named() throws Exception {
        CheckResult result = ask(Map.of("sale_order", 40L, "archive.sale_order", 3L), Shrinking.USUAL)
                .get(0);

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(said(result)).contains("archive.sale_order is not there, and had 3");
    }

    @Test
    void the_runbook_tolerates_less_or_leaves_tables_out() throws Exception {
        Map<String, Long> before = Map.of("sale_order", 42L, "company", 4L);

        CheckResult strict = ask(before, new Shrinking(1, 0, List.of())).get(0);
        assertThat(said(strict)).contains("sale_order has 40 rows, and had 42");
        assertThat(ask(before, new Shrinking(1, 0, List.of("sale_*"))).get(0).verdict())
                .isEqualTo(Verdict.PASSED);
    }

    @Test
    void the_first_drill_has_no_result_and_counts_for_the_next_one() throws Exception {
        Background first = Background.none();

        List<CheckResult> results = Checks.shipped(Clock.systemUTC())
                .run(new Step.Check("as-the-last-drill", Map.of()), RESTORED.subject(first), Progress.SILENT);

        assertThat(results).noneMatch(result -> result.verdict() == Verdict.PASSED);
        assertThat(first.counting().rows()).contains(Map.of("sale_order", 40L, "company", 4L));
    }

    @Test
    void of_the_same_instant_no_row_may_be_gone() throws Exception {
        Instant instant = Instant.parse("2026-11-21T02:00:00Z");
        Census before = new Census("drill-before", Optional.of(instant), Map.of("sale_order", 41L, "company", 4L));

        assertThat(said(ask(before, Shrinking.USUAL, instant).get(0))).contains("sale_order has 40 rows, and had 41");
        assertThat(ask(before, Shrinking.USUAL, instant.plusSeconds(1)).get(0).verdict())
                .isEqualTo(Verdict.PASSED);
        assertThat(ask(before.ofAnotherBackup(), Shrinking.USUAL, instant)
                        .get(0)
                        .verdict())
                .isEqualTo(Verdict.PASSED);
    }

    @Test
    void two_backups_of_which_no_instant_is_known_are_not_of_the_same_instant() throws Exception {
        Census before = new Census("drill-before", Optional.empty(), Map.of("sale_order", 41L, "company", 4L));

        CheckResult result = ask(before, Shrinking.USUAL, Set.of(), Map.of()).get(0);

        assertThat(said(result)).isEmpty();
        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void of_the_same_instant_rows_may_be_gone_where_the_drill_itself_took_some() throws Exception {
        Instant instant = Instant.parse("2026-11-21T02:00:00Z");
        Map<Asset, Readings> copies = RestoredDatabase.copied(instant, instant);
        Census before = new Census("drill-before", Optional.of(instant), Map.of("sale_order", 41L, "company", 5L));

        CheckResult result =
                ask(before, Shrinking.USUAL, Set.of("sale_order"), copies).get(0);

        assertThat(said(result)).contains("company has 4 rows, and had 5").doesNotContain("sale_order");
    }

    private static List<CheckResult> ask(Map<String, Long> before, Shrinking shrinking) throws InterruptedException {
        return ask(new Census("drill-before", Optional.empty(), before), shrinking, RestoredDatabase.DISASTER);
    }

    private static List<CheckResult> ask(Census before, Shrinking shrinking, Instant point)
            throws InterruptedException {
        return ask(before, shrinking, Set.of(), RestoredDatabase.copied(point, point));
    }

    /** @param written the tables that the drill itself has written to */
    private static List<CheckResult> ask(
            Census before, Shrinking shrinking, Set<String> written, Map<Asset, Readings> copies)
            throws InterruptedException {
        Background background = new Background(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(before),
                Optional.empty(),
                written,
                new Counting());
        return Checks.shipped(Clock.systemUTC())
                .run(
                        new Step.Check(
                                "as-the-last-drill",
                                Map.of(),
                                Optional.empty(),
                                Map.of(),
                                List.of(),
                                Filekeeping.USUAL,
                                new Likeness(Optional.empty(), shrinking, Set.of())),
                        RESTORED.subject(background, copies),
                        Progress.SILENT);
    }
}
