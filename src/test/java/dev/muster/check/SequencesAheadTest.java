package dev.muster.check;

import static dev.muster.check.RestoredDatabase.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.drill.CheckResult;
import dev.muster.drill.Finding;
import dev.muster.drill.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SequencesAheadTest {
    @RegisterExtension
    static final RestoredDatabase RESTORED = new RestoredDatabase();

    @Test
    void sequences_past_their_columns_are_silent() throws Exception {
        RESTORED.sql(
                "create table \"Sale Order\" (\"the id\" serial primary key, no int generated always as identity unique)",
                "insert into \"Sale Order\" default values",
                "insert into \"Sale Order\" default values",
                "create sequence standalone",
                "create table line (id int primary key default nextval('standalone'))",
                "create sequence down increment -1",
                "create table below (id int primary key default nextval('down'))",
                "insert into below default values",
                "create table sold (id serial, day date, primary key (id, day)) partition by range (day)",
                "create table sold_2026 partition of sold for values from ('2026-01-01') to ('2027-01-01')",
                "insert into sold (day) values ('2026-11-21')",
                "create sequence ir_sequence_001");

        CheckResult result = RESTORED.ask("sequences-ahead");

        assertThat(said(result)).isEmpty();
        assertThat(result.findings()).isEmpty();
        assertThat(result.observations())
                .containsEntry("columns with a sequence", "5")
                .containsEntry("behind", "0")
                .containsEntry("cycling or of other types, not compared", "0");
    }

    @Test
    void names_the_sequence_where_it_is_and_what_the_column_holds() throws Exception {
        RESTORED.sql(
                "create table sale_order (id serial primary key)",
                "insert into sale_order select generate_series(1, 300)",
                "select setval('sale_order_id_seq', 5)");

        CheckResult result = RESTORED.ask("sequences-ahead");

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(said(result))
                .contains("public.sale_order_id_seq is at 5, public.sale_order.id already at 300", "taken", "setval");
        assertThat(result.observations()).containsEntry("behind", "1");
    }

    @Test
    void the_last_number_itself_is_free_only_while_it_was_not_given() throws Exception {
        RESTORED.sql(
                "create table sale_order (id serial primary key)",
                "insert into sale_order values (7)",
                "select setval('sale_order_id_seq', 8, false)");
        assertThat(RESTORED.ask("sequences-ahead").verdict()).isEqualTo(Verdict.PASSED);

        RESTORED.sql("select setval('sale_order_id_seq', 7, false)");
        assertThat(RESTORED.ask("sequences-ahead").verdict()).isEqualTo(Verdict.FAILED);

        RESTORED.sql("select setval('sale_order_id_seq', 7, true)");
        assertThat(RESTORED.ask("sequences-ahead").verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void a_sequence_that_only_the_default_names_and_one_that_counts_down_are_compared_too() throws Exception {
        RESTORED.sql(
                "create sequence shared",
                "create table line (id int primary key default nextval('shared'))",
                "insert into line values (9)",
                "create sequence down increment -1",
                "create table below (id int primary key default nextval('down'))",
                "insert into below values (-4)",
                "create table sold (id serial, day date, primary key (id, day)) partition by range (day)",
                "create table sold_2026 partition of sold for values from ('2026-01-01') to ('2027-01-01')",
                "insert into sold values (6, '2026-11-21')");

        assertThat(said(RESTORED.ask("sequences-ahead")))
                .contains(
                        "public.shared is at 1, public.line.id already at 9",
                        "public.down is at -1, public.below.id already at -4",
                        "public.sold_id_seq is at 1, public.sold.id already at 6");
    }

    @Test
    void numbers_that_may_repeat_are_a_finding() throws Exception {
        RESTORED.sql("create table line (place serial)", "insert into line values (9)");

        CheckResult result = RESTORED.ask("sequences-ahead");

        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(result.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Finding.Severity.MINOR);
            assertThat(finding.problem().where()).contains("public.line_place_seq is at 1");
        });
    }

    @Test
    void columns_without_sequences_are_seen_and_a_database_without_columns_is_not() throws Exception {
        assertThat(RESTORED.ask("sequences-ahead").verdict()).isEqualTo(Verdict.COULD_NOT_RUN);

        RESTORED.sql("create table line (id uuid primary key)");

        assertThat(RESTORED.ask("sequences-ahead").observations())
                .containsEntry("columns", "1")
                .containsEntry("columns with a sequence", "0");
    }
}
