package dev.muster.check;

import static dev.muster.check.RestoredDatabase.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.drill.CheckResult;
import dev.muster.drill.Finding;
import dev.muster.drill.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ConstraintsHoldTest {
    private static final String NOT_READY =
            "update pg_index set indisready = false, indisvalid = false where indexrelid = '%s'::regclass";
    private static final String READY =
            "update pg_index set indisready = true, indisvalid = true where indexrelid = '%s'::regclass";

    @RegisterExtension
    static final RestoredDatabase RESTORED = new RestoredDatabase();

    @Test
    void counts_what_it_proved_and_stays_silent_over_sound_rows() throws Exception {
        RESTORED.sql(
                "create domain percent as int check (value between 0 and 100)",
                "create domain discount as percent not null",
                "create type pair as (a int, b int)",
                "create table \"Sale Order\" (\"the id\" int primary key, name text not null, halves pair not null,"
                        + " rate percent, less discount, code text unique, active boolean,"
                        + " total int constraint \"not negative\" check (total >= 0))",
                "create unique index on \"Sale Order\" (lower(name), total) where active",
                "create unique index on \"Sale Order\" (name text_pattern_ops)",
                "insert into \"Sale Order\" values (1, 'a', row(null, null), 5, 0, null, true, null),"
                        + " (2, 'A', row(1, 2), null, 100, null, false, 0)");

        CheckResult result = RESTORED.ask("constraints-hold");

        assertThat(said(result)).isEmpty();
        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(result.observations())
                .containsEntry("columns that must not be null", "3")
                .containsEntry("check constraints", "1")
                .containsEntry("columns of domains with constraints", "2")
                .containsEntry("primary and unique keys", "4")
                .containsEntry("not enforced or of other kinds, not looked at", "0")
                .containsEntry("broken", "0");
        assertThat(result.findings()).isEmpty();
        assertThat(RESTORED.value("select count(*) from pg_roles where rolname like 'muster_reader%'"))
                .isEqualTo("0");
    }

    @Test
    void names_duplicates_that_a_damaged_unique_index_hides_and_shows_no_value() throws Exception {
        RESTORED.sql(
                "create table token (id int primary key, secret text)",
                "create unique index token_once on token (lower(secret))",
                "insert into token values (1, 'hidden-word')",
                NOT_READY.formatted("token_once"),
                "insert into token values (2, 'Hidden-Word')",
                READY.formatted("token_once"));

        CheckResult result = RESTORED.ask("constraints-hold");

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(said(result))
                .contains("public.token, token_once: 1 times, such as ctid (0,1) and (0,2)", "--backup database=")
                .doesNotContainIgnoringCase("hidden-word");
    }

    @Test
    void a_key_of_more_columns_is_not_blamed_for_the_primary_key_in_it() throws Exception {
        RESTORED.sql(
                "create table sale_order (id int primary key, name text, unique (id, name))",
                "insert into sale_order values (1, 'a')",
                NOT_READY.formatted("sale_order_pkey"),
                "insert into sale_order values (1, 'b')",
                READY.formatted("sale_order_pkey"));

        assertThat(said(RESTORED.ask("constraints-hold")))
                .contains("sale_order_pkey: 1 times")
                .doesNotContain("sale_order_id_name_key");
    }

    @Test
    void nulls_are_alike_where_the_key_says_so() throws Exception {
        RESTORED.sql(
                "create table sale_order (ref text)",
                "create unique index loose on sale_order (ref)",
                "create unique index strict on sale_order (ref) nulls not distinct",
                "insert into sale_order values (null)",
                NOT_READY.formatted("strict"),
                "insert into sale_order values (null)",
                READY.formatted("strict"));

        assertThat(said(RESTORED.ask("constraints-hold")))
                .contains("strict: 1 times")
                .doesNotContain("loose");
    }

    @Test
    void names_nulls_where_none_may_be() throws Exception {
        RESTORED.sql(
                "create table sale_order (name text, state text)",
                "insert into sale_order values ('a', 'b'), ('a', null)",
                "update pg_attribute set attnotnull = true where attrelid = 'sale_order'::regclass and attnum > 0");

        CheckResult result = RESTORED.ask("constraints-hold");

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(said(result)).contains("public.sale_order", "1 times, such as ctid state at (0,2)");
    }

    @Test
    void names_rows_against_a_check_although_the_server_takes_it_for_proven() throws Exception {
        RESTORED.sql(
                "create table sale_order (total int)",
                "insert into sale_order values (1), (-1), (-2)",
                "alter table sale_order add constraint positive check (total > 0) not valid",
                "update pg_constraint set convalidated = true where conname = 'positive'",
                "do $$ begin execute format('alter database %I set constraint_exclusion = on', current_database()); end $$");
        try {
            CheckResult result = RESTORED.ask("constraints-hold");

            assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(said(result)).contains("public.sale_order, positive: 2 times, such as ctid (0,2); (0,3)");
        } finally {
            RESTORED.sql(
                    "do $$ begin execute format('alter database %I reset constraint_exclusion', current_database()); end $$");
        }
    }

    @Test
    void names_values_that_are_none_of_their_domain() throws Exception {
        RESTORED.sql(
                "create domain percent as int",
                "create domain discount as percent",
                "create table sale_order (rate discount)",
                "insert into sale_order values (50), (101)",
                "alter domain percent add constraint to_hundred check (value <= 100) not valid",
                "update pg_constraint set convalidated = true where conname = 'to_hundred'");

        CheckResult result = RESTORED.ask("constraints-hold");

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(said(result)).contains("public.sale_order, column rate as public.discount", "to_hundred");
    }

    @Test
    void a_constraint_that_is_not_valid_is_a_finding_whether_rows_keep_it_or_not() throws Exception {
        RESTORED.sql(
                "create table sale_order (total int, name text)",
                "insert into sale_order values (-1, 'a')",
                "alter table sale_order add constraint positive check (total > 0) not valid",
                "alter table sale_order add constraint named check (name <> '') not valid");

        CheckResult result = RESTORED.ask("constraints-hold");

        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(result.findings())
                .extracting(Finding::severity)
                .containsExactlyInAnyOrder(Finding.Severity.NOTE, Finding.Severity.MINOR);
        assertThat(result.findings())
                .extracting(finding -> finding.problem().where())
                .anyMatch(where -> where.contains("positive: 1 times, such as ctid (0,1)"))
                .anyMatch(where -> where.equals("public.sale_order, named"));
    }

    @Test
    void policies_hide_no_row_from_the_proof() throws Exception {
        RESTORED.sql(
                "create table sale_order (total int)",
                "insert into sale_order values (-1)",
                "alter table sale_order add constraint positive check (total > 0) not valid",
                "update pg_constraint set convalidated = true where conname = 'positive'",
                "alter table sale_order enable row level security",
                "alter table sale_order force row level security");

        assertThat(said(RESTORED.ask("constraints-hold"))).contains("positive: 1 times");
    }

    @Test
    void functions_of_the_restored_database_find_no_superuser_and_no_stand_ins() throws Exception {
        RESTORED.sql(
                "create function open(text) returns boolean language plpgsql as"
                        + " 'begin return (select not rolsuper from pg_catalog.pg_roles where rolname = current_user); end'",
                "create function lower(varchar) returns text immutable language plpgsql as 'begin raise ''stand-in''; end'",
                "create table sale_order (name varchar)",
                "insert into sale_order values ('A')",
                "alter table sale_order add constraint opened check (public.open(name)) not valid",
                "alter table sale_order add constraint small check (pg_catalog.lower(name) <> '') not valid");

        CheckResult result = RESTORED.ask("constraints-hold");

        assertThat(said(result)).isEmpty();
        assertThat(result.findings())
                .hasSize(2)
                .allSatisfy(finding -> assertThat(finding.severity()).isEqualTo(Finding.Severity.NOTE));
    }

    @Test
    void a_constraint_that_cannot_be_asked_is_not_a_pass() throws Exception {
        RESTORED.sql(
                "create function fine(int) returns boolean language plpgsql as 'begin return gone($1); end'",
                "create table sale_order (total int)",
                "insert into sale_order values (1)",
                "alter table sale_order add constraint fine check (public.fine(total)) not valid");

        CheckResult result = RESTORED.ask("constraints-hold");

        assertThat(result.verdict()).isEqualTo(Verdict.COULD_NOT_RUN);
        assertThat(said(result)).contains("public.sale_order, fine: ", "gone");
    }

    @Test
    void tables_without_a_constraint_prove_nothing() throws Exception {
        RESTORED.sql("create table sale_order (total int)");

        assertThat(RESTORED.ask("constraints-hold").verdict()).isEqualTo(Verdict.COULD_NOT_RUN);
    }
}
