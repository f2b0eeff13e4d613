package dev.muster.check;

import static dev.muster.check.RestoredDatabase.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.drill.CheckResult;
import dev.muster.drill.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HeapAndIndexesTest {
    private static final String EXTENSIONS = "select count(*) from pg_extension where extname = 'amcheck'";
    private static final String SCHEMAS = "select count(*) from pg_namespace where nspname = 'muster_amcheck'";

    @RegisterExtension
    static final RestoredDatabase RESTORED = new RestoredDatabase();

    @Test
    void walks_tables_views_and_indexes_and_leaves_no_trace() throws Exception {
        RESTORED.sql(
                "create table \"Sale Order\" (id int primary key, note text)",
                "insert into \"Sale Order\" select n, repeat(md5(n::text), 300) from generate_series(1, 100) n",
                "create materialized view sales as select count(*) from \"Sale Order\"",
                "create index by_note on \"Sale Order\" using hash (note)");

        CheckResult result = RESTORED.ask("heap-and-indexes");

        assertThat(said(result)).isEmpty();
        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(Long.parseLong(result.observations().getOrDefault("tables walked", "0")))
                .isGreaterThan(50);
        assertThat(Long.parseLong(result.observations().getOrDefault("btree indexes walked", "0")))
                .isGreaterThan(50);
        assertThat(result.observations()).containsEntry("indexes of other kinds, not looked into", "1");
        assertThat(RESTORED.value(EXTENSIONS)).isEqualTo("0");
        assertThat(RESTORED.value(SCHEMAS)).isEqualTo("0");
    }

    @Test
    void names_an_index_that_does_not_lead_to_every_row() throws Exception {
        // The function gives other values than when the index was made, as a changed collation does.
        RESTORED.sql(
                "create table sale_order (id int)",
                "insert into sale_order select generate_series(1, 100)",
                "create function rank(int) returns int immutable language plpgsql as 'begin return $1; end'",
                "create index by_rank on sale_order (public.rank(id))",
                "create or replace function rank(int) returns int immutable language plpgsql as 'begin return -$1; end'");

        CheckResult result = RESTORED.ask("heap-and-indexes");

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(said(result)).contains("by_rank", "heap tuple", "--backup database=");
        assertThat(RESTORED.value(SCHEMAS)).isEqualTo("0");
    }

    @Test
    void names_a_table_whose_rows_are_damaged() throws Exception {
        RESTORED.sql(
                "create table sale_order (id int)",
                "insert into sale_order values (1)",
                "update pg_class set relfrozenxid = txid_current()::text::xid where relname = 'sale_order'");

        CheckResult result = RESTORED.ask("heap-and-indexes");

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(said(result)).contains("sale_order: block 0, row 1", "relation freeze threshold");
    }

    @Test
    void an_index_that_cannot_be_looked_into_is_not_a_pass() throws Exception {
        RESTORED.sql(
                "create table sale_order (id int)",
                "insert into sale_order values (1)",
                "create function rank(int) returns int immutable language plpgsql as 'begin return $1; end'",
                "create index by_rank on sale_order (public.rank(id))",
                "create or replace function rank(int) returns int immutable language plpgsql"
                        + " as 'begin return gone($1); end'");

        CheckResult result = RESTORED.ask("heap-and-indexes");

        assertThat(result.verdict()).isEqualTo(Verdict.COULD_NOT_RUN);
        assertThat(said(result)).contains("by_rank", "gone");
    }

    @Test
    void uses_the_extension_that_is_there_and_leaves_it() throws Exception {
        RESTORED.sql("create extension amcheck", "create table sale_order (id int primary key)");
        try {
            assertThat(RESTORED.ask("heap-and-indexes").verdict()).isEqualTo(Verdict.PASSED);
            assertThat(RESTORED.value(EXTENSIONS)).isEqualTo("1");
        } finally {
            RESTORED.sql("drop extension amcheck");
        }
    }

    @Test
    void a_server_without_tables_of_the_system_proves_nothing() throws Exception {
        assertThat(RESTORED.ask("heap-and-indexes").verdict()).isEqualTo(Verdict.COULD_NOT_RUN);
    }
}
