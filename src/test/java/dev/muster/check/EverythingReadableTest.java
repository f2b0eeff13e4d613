package dev.muster.check;

import static dev.muster.check.RestoredDatabase.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.drill.CheckResult;
import dev.muster.drill.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EverythingReadableTest {

    @RegisterExtension
    static final RestoredDatabase RESTORED = new RestoredDatabase();

    @Test
    void reads_every_row_with_its_long_values_and_every_large_object() throws Exception {
        RESTORED.sql(
                "create table \"Sale Order\" (id int, gone int, note text, scan bytea, twice int generated always as (id * 2) stored)",
                "insert into \"Sale Order\" select n, n, repeat(md5(n::text), 3000), sha256('x') from generate_series(1, 50) n",
                "alter table \"Sale Order\" drop column gone",
                "create table nothing ()",
                "create materialized view unfilled as select 1 with no data",
                "select lo_from_bytea(4711, decode(repeat('ab', 5000000), 'hex')), lo_create(4712)");
        try {
            CheckResult result = RESTORED.ask("everything-readable");

            assertThat(said(result)).isEmpty();
            assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
            assertThat(result.observations())
                    .containsEntry("large objects read", "2")
                    .containsEntry("bytes of large objects", "5000000")
                    .containsEntry("materialized views without content, not read", "1")
                    .containsEntry("unreadable", "0");
            assertThat(Long.parseLong(result.observations().getOrDefault("rows read", "0")))
                    .isGreaterThan(1000);
        } finally {
            RESTORED.sql("select lo_unlink(4711), lo_unlink(4712)");
        }
    }

    @Test
    void names_the_table_and_the_block_whose_long_value_is_lost() throws Exception {
        RESTORED.sql(
                "create table sale_order (id int, filler text, note text)",
                "alter table sale_order alter note set storage external, alter filler set storage plain",
                "insert into sale_order select n, repeat('x', 2000), case when n in (30, 41) then repeat('y', 9000) end"
                        + " from generate_series(1, 50) n");
        damage("sale_order", "where chunk_seq = 0 and chunk_id = (select max(chunk_id) from %1$s)");
        String block = RESTORED.value("select split_part(ctid::text, ',', 1) from sale_order where id = 41");

        CheckResult result = RESTORED.ask("everything-readable");

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(said(result))
                .contains("public.sale_order from ctid " + block + ",1) on: ", "chunk", "--backup database=");
        assertThat(result.observations()).containsEntry("unreadable", "1");
    }

    @Test
    void bytes_that_lie_outside_of_their_row_are_read_too() throws Exception {
        RESTORED.sql(
                "create table scan (content bytea)",
                "alter table scan alter content set storage external",
                "insert into scan values (decode(repeat('ab', 9000), 'hex'))");
        damage("scan", "where chunk_seq = 1");

        assertThat(said(RESTORED.ask("everything-readable"))).contains("public.scan from ctid (0,1) on: ");
    }

    @Test
    void names_a_large_object_of_which_nobody_can_read_a_part() throws Exception {
        RESTORED.sql(
                "create table sale_order (id int)",
                "select lo_from_bytea(4711, decode(repeat('ab', 5000), 'hex')), lo_create(4712)",
                "set allow_system_table_mods = on",
                "update pg_largeobject set data = decode(repeat('ab', 5000), 'hex') where loid = 4711 and pageno = 1");
        try {
            CheckResult result = RESTORED.ask("everything-readable");

            assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(said(result)).contains("large object 4711: ").doesNotContain("4712");
        } finally {
            RESTORED.sql("select lo_unlink(4711), lo_unlink(4712)");
        }
    }

    @Test
    void a_type_whose_library_is_missing_is_no_damage() throws Exception {
        RESTORED.sql(
                "create extension cube",
                "create table place (at cube)",
                "insert into place values ('(1,2)')",
                "update pg_proc set probin = '$libdir/absent' where proname = 'cube_out'");
        try {
            CheckResult result = RESTORED.ask("everything-readable");

            assertThat(result.verdict()).isEqualTo(Verdict.COULD_NOT_RUN);
            assertThat(said(result)).contains("public.place: could not access file");
        } finally {
            RESTORED.sql("drop extension cube cascade");
        }
    }

    @Test
    void a_server_without_tables_of_the_system_proves_nothing() throws Exception {
        assertThat(RESTORED.ask("everything-readable").verdict()).isEqualTo(Verdict.COULD_NOT_RUN);
    }

    /** Takes pieces out of the long values of a table. */
    private static void damage(String table, String which) throws Exception {
        String toast =
                RESTORED.value("select reltoastrelid::regclass from pg_class where oid = '" + table + "'::regclass");
        // Nobody may change such a table, so for this moment it is one like any other.
        String kind = "update pg_class set relkind = '%s' where oid = '" + toast + "'::regclass";
        RESTORED.sql(
                kind.formatted("r"),
                "delete from " + toast + " " + which.formatted(toast),
                kind.formatted("t"),
                // Until then the server finds pieces that were deleted.
                "vacuum " + table);
    }
}
