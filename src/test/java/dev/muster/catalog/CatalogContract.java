package dev.muster.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.drill.Census;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.DrillSummary;
import dev.muster.drill.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a catalog does on whatever database it lies in. */
abstract class CatalogContract {
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
}
