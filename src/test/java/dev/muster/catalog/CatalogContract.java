package dev.muster.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.catalog.news.Attempt;
import dev.muster.catalog.news.Delivery;
import dev.muster.catalog.news.Outbox;
import dev.muster.catalog.slot.Alarms;
import dev.muster.catalog.slot.Slots;
import dev.muster.catalog.slot.Watched;
import dev.muster.drill.Census;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.DrillSummary;
import dev.muster.drill.News;
import dev.muster.drill.PlannedSlot;
import dev.muster.drill.Problem;
import dev.muster.drill.Slot;
import dev.muster.drill.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a catalog does on whatever database it lies in. */
abstract class CatalogContract {
    private static final Instant SLOT = Instant.parse("2026-12-06T02:00:00Z");

    private static final Instant FIRST_SUNDAY = Instant.parse("2026-11-01T03:00:00.123456Z");

    private Catalog catalog;

    abstract Catalog open();

    @BeforeEach
    void opens() {
        catalog = open();
    }

    @AfterEach
    void closes() {
        catalog.close();
    }

    static DrillSummary planned(String drill, String system, int day) {
        Instant planned = FIRST_SUNDAY.plus(Duration.ofDays(day));
        return new DrillSummary(
                drill,
                "odoo-monthly",
                system,
                planned,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                planned,
                Optional.empty(),
                Optional.empty(),
                "planned",
                Optional.empty());
    }

    static DrillSummary finished(DrillSummary drill, Verdict verdict) {
        return new DrillSummary(
                drill.drill(),
                drill.runbook(),
                drill.system(),
                drill.planned(),
                Optional.of(drill.planned().plusSeconds(1)),
                Optional.of(drill.planned().plusSeconds(95)),
                Optional.of(verdict),
                drill.disaster(),
                Optional.of(Duration.ofMillis(840_250)),
                Optional.of(Duration.ofMillis(94_001)),
                "Überall geprüft →",
                Optional.of("/evidence/drill-" + drill.drill() + ".zip"));
    }

    @Test
    void remembers_a_drill_as_it_was() {
        DrillSummary drill = finished(planned("d1", "erp", 0), Verdict.PASSED);
        catalog.remember(drill);

        assertThat(catalog.find("d1")).contains(drill);
        assertThat(open().find("d1")).contains(drill);
    }

    @Test
    void keeps_the_rows_of_the_last_drill_that_passed_with_an_older_database() {
        Instant point = FIRST_SUNDAY;
        for (int day = 0; day < 4; day++) {
            DrillSummary drill = planned("d" + day, "erp", day);
            catalog.remember(finished(drill, day == 2 ? Verdict.FAILED : Verdict.PASSED));
            catalog.remember(new Census(
                    "d" + day, Optional.of(point.plus(Duration.ofDays(day))), Map.of("sale_order", 100L + day)));
        }
        catalog.remember(new Census("d0", Optional.of(point), Map.of("sale_order", 7L, "archive.sale_order", 0L)));

        assertThat(catalog.lastCensus("erp", "odoo-monthly", point.plus(Duration.ofDays(9))))
                .map(Census::drill)
                .contains("d3");
        assertThat(catalog.lastCensus("erp", "odoo-monthly", point.plus(Duration.ofDays(2))))
                .map(Census::rows)
                .contains(Map.of("sale_order", 101L));
        assertThat(catalog.lastCensus("erp", "odoo-monthly", point))
                .contains(new Census("d0", Optional.of(point), Map.of("sale_order", 7L, "archive.sale_order", 0L)));
        assertThat(catalog.lastCensus("erp", "odoo-monthly", point.minusSeconds(1)))
                .isEmpty();
        assertThat(catalog.lastCensus("erp", "another", point)).isEmpty();
    }

    @Test
    void remembers_what_is_not_known_as_not_known() {
        catalog.remember(planned("d1", "erp", 0));

        assertThat(catalog.find("d1")).contains(planned("d1", "erp", 0));
    }

    @Test
    void replaces_what_was_known_of_a_drill() {
        catalog.remember(planned("d1", "erp", 0));
        DrillSummary finished = finished(planned("d1", "erp", 0), Verdict.FAILED);
        catalog.remember(finished);

        assertThat(catalog.newest(Optional.empty(), 10)).containsExactly(finished);
    }

    @Test
    void finds_a_drill_by_the_beginning_of_its_id() {
        catalog.remember(planned("2026-11-01-erp-x7", "erp", 0));
        catalog.remember(planned("2026-11-02-erp-k2", "erp", 1));
        catalog.remember(planned("2026-11-02", "erp", 1));

        assertThat(catalog.find("2026-11-01")).map(DrillSummary::drill).contains("2026-11-01-erp-x7");
        assertThat(catalog.find("2026-11-02")).map(DrillSummary::drill).contains("2026-11-02");
        assertThat(catalog.find("%")).isEmpty();
        assertThat(catalog.find("")).isEmpty();
        assertThat(catalog.find("2027")).isEmpty();
    }

    @Test
    void names_the_drills_that_a_beginning_could_mean() {
        catalog.remember(planned("2026-11-01-erp-x7", "erp", 0));
        catalog.remember(planned("2026-11-02-erp-k2", "erp", 1));

        assertThatThrownBy(() -> catalog.find("2026"))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("2026-11-02-erp-k2, 2026-11-01-erp-x7.");
    }

    @Test
    void lists_the_newest_first() {
        for (int day = 0; day < 5; day++) {
            catalog.remember(planned("d" + day, day % 2 == 0 ? "erp" : "crm", day));
        }

        assertThat(catalog.newest(Optional.empty(), 3))
                .extracting(DrillSummary::drill)
                .containsExactly("d4", "d3", "d2");
        assertThat(catalog.newest(Optional.of("crm"), 10))
                .extracting(DrillSummary::drill)
                .containsExactly("d3", "d1");
        assertThat(catalog.newest(Optional.of("crm' or '1'='1"), 10)).isEmpty();
    }

    @Test
    void pages_through_the_drills_that_somebody_looks_for() {
        for (int day = 0; day < 5; day++) {
            catalog.remember(planned("d" + day, day % 2 == 0 ? "erp" : "crm", day));
        }
        History history = new History(catalog);
        History.Filter erp = new History.Filter(
                Optional.of("erp"), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        assertThat(history.count(erp)).isEqualTo(3);
        assertThat(history.leaf(erp, 1, 2)).extracting(DrillSummary::drill).containsExactly("d2", "d0");
        assertThat(history.leaf(erp, 3, 2)).isEmpty();
    }

    @Test
    void knows_the_last_drill_that_passed() {
        assertThat(catalog.lastPassed("erp")).isEmpty();
        catalog.remember(finished(planned("d1", "erp", 1), Verdict.PASSED));
        catalog.remember(finished(planned("d2", "erp", 2), Verdict.PASSED));
        catalog.remember(finished(planned("d3", "erp", 3), Verdict.FAILED));
        catalog.remember(finished(planned("d4", "crm", 4), Verdict.PASSED));

        assertThat(catalog.lastPassed("erp")).map(DrillSummary::drill).contains("d2");
    }

    private static PlannedSlot slot(int minute, String forbidden) {
        Instant due = SLOT.plusSeconds(60L * minute);
        return new PlannedSlot(
                "monthly",
                "erp",
                due,
                due.plusSeconds(5),
                Optional.of(forbidden).filter(text -> !text.isEmpty()));
    }

    private static Slot missed(PlannedSlot slot) {
        return new Slot(
                slot.runbook(),
                slot.system(),
                slot.due(),
                Slot.State.MISSED,
                Optional.of("nobody was there"),
                Optional.of("missed-" + slot.due()));
    }

    private static Watched watched(String plan, int sketchedMinute) {
        return new Watched("monthly", "erp", SLOT, plan, SLOT.plusSeconds(60L * sketchedMinute));
    }

    private Slots sketched() {
        Slots slots = new Slots(catalog);
        slots.watch(watched("one", 0));
        slots.watch(watched("one", 0));
        slots.sketch(
                watched("one", 0),
                watched("one", 10),
                Optional.empty(),
                List.of(slot(1, ""), slot(2, ""), slot(3, "closed until then")),
                SLOT);
        return slots;
    }

    @Test
    void knows_the_slots_that_come() {
        Slots slots = sketched();

        assertThat(slots.watched()).containsExactly(Map.entry("monthly", watched("one", 10)));
        assertThat(slots.coming()).containsExactly(Map.entry("monthly", 3));
        assertThat(slots.due(SLOT.plusSeconds(120))).containsExactly(slot(1, ""), slot(2, ""));
        assertThat(slots.nextStart(SLOT.plusSeconds(70))).contains(SLOT.plusSeconds(125));
        assertThat(slots.nextStart(SLOT.plusSeconds(130))).isEmpty();
        assertThat(slots.between(SLOT, SLOT.plusSeconds(600)))
                .extracting(Slot::why)
                .containsExactly(Optional.empty(), Optional.empty(), Optional.of("closed until then"));
    }

    @Test
    void of_two_who_write_down_the_slots_that_come_one_does() {
        Slots slots = sketched();
        slots.sketch(watched("one", 0), watched("one", 10), Optional.empty(), List.of(slot(4, "")), SLOT);

        assertThat(slots.coming()).containsExactly(Map.entry("monthly", 3));
    }

    @Test
    void a_slot_is_taken_by_exactly_one_of_many_who_try() throws Exception {
        Slots slots = sketched();
        ExecutorService many = Executors.newFixedThreadPool(4);
        List<Future<Boolean>> tries = new ArrayList<>();
        for (int number = 0; number < 12; number++) {
            String drill = "drill-" + number;
            tries.add(many.submit(() -> slots.take(slot(1, "").slot(), drill, SLOT.plusSeconds(90))));
        }
        int successes = 0;
        for (Future<Boolean> one : tries) {
            successes += one.get() ? 1 : 0;
        }
        many.shutdown();

        assertThat(successes).isEqualTo(1);
        assertThat(slots.end(missed(slot(1, "")), true, SLOT)).isFalse();
    }

    @Test
    void a_changed_plan_drops_what_was_to_come_and_keeps_what_was_due() {
        Slots slots = sketched();
        slots.sketch(
                watched("one", 10),
                watched("two", 10),
                Optional.of(SLOT.plusSeconds(90)),
                List.of(slot(7, "")),
                SLOT.plusSeconds(90));

        assertThat(slots.between(SLOT, SLOT.plusSeconds(600)))
                .extracting(Slot::due)
                .containsExactly(SLOT.plusSeconds(60), SLOT.plusSeconds(420));
        slots.forget("monthly", SLOT.plusSeconds(90));
        assertThat(slots.watched()).isEmpty();
        assertThat(slots.between(SLOT, SLOT.plusSeconds(600))).hasSize(1);
    }

    @Test
    void one_drill_makes_up_for_all_that_were_missed_before() {
        Slots slots = sketched();
        assertThat(slots.end(missed(slot(1, "")), true, SLOT)).isTrue();
        assertThat(slots.end(missed(slot(1, "")), true, SLOT)).isFalse();
        slots.end(missed(slot(2, "")), true, SLOT);

        assertThat(slots.toMakeUp()).extracting(Slot::due).containsExactly(SLOT.plusSeconds(120));
        Slot latest = slots.toMakeUp().get(0);
        assertThat(slots.take(latest, "late", SLOT.plusSeconds(900))).isTrue();
        assertThat(slots.take(latest, "later", SLOT.plusSeconds(900))).isFalse();
        assertThat(slots.toMakeUp()).isEmpty();
        assertThat(slots.between(SLOT, SLOT.plusSeconds(150)))
                .extracting(Slot::state)
                .containsExactly(Slot.State.MISSED, Slot.State.MISSED);
    }

    @Test
    void knows_what_the_ledger_may_not_have() {
        Slots slots = sketched();
        Slot missed = missed(slot(1, ""));
        slots.end(missed, false, SLOT.plusSeconds(100));

        assertThat(slots.unnoted(SLOT.plusSeconds(99))).isEmpty();
        assertThat(slots.unnoted(SLOT.plusSeconds(100))).containsExactly(missed);
        slots.noted(missed);
        assertThat(slots.unnoted(SLOT.plusSeconds(100))).isEmpty();
    }

    @Test
    void gives_each_news_to_one_of_all_who_deliver_and_keeps_every_attempt() {
        Outbox outbox = new Outbox(catalog);
        Problem problem = new Problem("It is overdue", "erp", "Start a drill.");
        News news = new News(
                News.Kind.OVERDUE,
                "erp",
                Optional.of("erp"),
                Optional.empty(),
                SLOT,
                "Überfällig",
                Optional.of(problem));
        assertThat(outbox.put("news-1", news, List.of("dba", "chat"), SLOT)).isTrue();
        assertThat(outbox.put("news-1", news, List.of("dba", "late"), SLOT)).isFalse();

        Delivery mine = outbox.claim("dba", "one", SLOT, Duration.ofMinutes(2)).orElseThrow();
        assertThat(mine.news()).isEqualTo(news);
        assertThat(outbox.claim("dba", "other", SLOT, Duration.ofMinutes(2))).isEmpty();
        assertThat(outbox.claim("chat", "other", SLOT, Duration.ofMinutes(2))).isPresent();
        assertThat(outbox.claim("late", "other", SLOT, Duration.ofMinutes(2))).isEmpty();
        Attempt attempt = new Attempt(SLOT, Duration.ofMillis(1250), "500", Optional.of(problem));
        outbox.attempted(mine, attempt, Delivery.State.WAITING, SLOT.plusSeconds(10));
        // Who comes late with the same claim changes nothing any more.
        outbox.attempted(mine, attempt, Delivery.State.DELIVERED, SLOT);
        assertThat(outbox.claim("dba", "one", SLOT.plusSeconds(9), Duration.ofMinutes(2)))
                .isEmpty();
        assertThat(outbox.claim("dba", "one", SLOT.plusSeconds(10), Duration.ofMinutes(2)))
                .hasValueSatisfying(again -> {
                    assertThat(again.attempts()).isEqualTo(1);
                    assertThat(again.last()).contains(attempt);
                });
        assertThat(outbox.giveUp(SLOT.plusSeconds(1), SLOT.plus(Duration.ofDays(4)), problem))
                .isEqualTo(2);
        assertThat(outbox.newest(10)).extracting(Delivery::state).containsOnly(Delivery.State.GIVEN_UP);
        assertThat(outbox.latest("erp", List.of(News.Kind.OVERDUE))).contains(News.Kind.OVERDUE);
        assertThat(outbox.latest("erp", List.of(News.Kind.FAILED))).isEmpty();
    }

    @Test
    void knows_when_somebody_looked_last_and_each_alarm_once() {
        Slots slots = new Slots(catalog);
        assertThat(slots.lastLook()).isEmpty();
        slots.looked(SLOT);
        slots.looked(SLOT.plusSeconds(60));
        assertThat(slots.lastLook()).contains(SLOT.plusSeconds(60));
        Alarms alarms = new Alarms(catalog);
        Alarms.Alarm alarm = new Alarms.Alarm("erp", SLOT);
        assertThat(alarms.raise(alarm)).isTrue();
        assertThat(alarms.raise(alarm)).isFalse();
        assertThat(alarms.unnoted()).containsExactly(alarm);
        assertThat(alarms.raised(alarm)).isTrue();
        alarms.noted(alarm);
        assertThat(alarms.unnoted()).isEmpty();
    }
}
