package dev.muster.check;

import static dev.muster.check.RestoredDatabase.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.drill.CheckResult;
import dev.muster.drill.Verdict;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RowCountsTest {
    @RegisterExtension
    static final RestoredDatabase RESTORED = new RestoredDatabase();

    @BeforeEach
    void two_tables() throws Exception {
        RESTORED.sql("create table sale_order (id int)", "create table stock_move (id int) partition by range (id)");
    }

    @Test
    void counts_every_row_once_and_says_that_no_floor_was_set() throws Exception {
        RESTORED.sql(
                "create table stock_move_low partition of stock_move for values from (0) to (100)",
                "insert into sale_order values (1), (2)",
                "insert into stock_move values (1), (2), (3)");

        CheckResult result = RESTORED.ask("row-counts");

        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(result.observations()).containsEntry("rows", "5").containsEntry("floors", "none set");
    }

    @Test
    void a_table_at_its_floor_passes_and_one_below_fails() throws Exception {
        RESTORED.sql("insert into sale_order values (1), (2)");

        CheckResult enough = RESTORED.ask("row-counts", RESTORED.subject(), Map.of("sale_order", 2L));
        assertThat(enough.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(enough.observations()).containsEntry("sale_order", "2 (at least 2)");

        CheckResult few = RESTORED.ask("row-counts", RESTORED.subject(), Map.of("public.sale_order", 3L));
        assertThat(few.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(said(few)).contains("public.sale_order has 2 rows instead of at least 3");
    }

    @Test
    void a_table_that_the_runbook_names_must_be_there() throws Exception {
        RESTORED.sql("insert into sale_order values (1)");

        CheckResult result = RESTORED.ask("row-counts", RESTORED.subject(), Map.of("account_move", 0L));

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(said(result)).contains("account_move is not there");
    }

    @Test
    void tables_without_a_single_row_are_no_recovery() throws Exception {
        CheckResult result = RESTORED.ask("row-counts");

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(said(result)).contains("no table has a row");
    }

    @Test
    void a_database_without_tables_proves_nothing() throws Exception {
        RESTORED.sql("drop table sale_order, stock_move");

        assertThat(RESTORED.ask("row-counts").verdict()).isEqualTo(Verdict.COULD_NOT_RUN);
    }
}
