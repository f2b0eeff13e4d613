package dev.muster.check;

import static dev.muster.check.RestoredDatabase.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.drill.CheckResult;
import dev.muster.drill.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ForeignKeysTest {
    private static final String TRIGGERS_OFF = "set session_replication_role = replica";

    @RegisterExtension
    static final RestoredDatabase RESTORED = new RestoredDatabase();

    @Test
    void rows_with_their_parents_and_rows_without_a_key_hold() throws Exception {
        RESTORED.sql(
                "create table partner (id int primary key)",
                "create table sale_order (id int, partner int references partner)",
                "insert into partner values (1)",
                "insert into sale_order values (1, 1), (2, null)");

        CheckResult result = RESTORED.ask("foreign-keys");

        assertThat(said(result)).isEmpty();
        assertThat(result.observations()).containsEntry("foreign keys", "1").containsEntry("orphaned rows", "0");
    }

    @Test
    void names_the_key_the_number_and_examples_of_orphaned_rows() throws Exception {
        RESTORED.sql(
                "create table \"Partner\" (\"the id\" int primary key)",
                "create table \"Sale Order\" (id int, \"a partner\" int constraint \"his partner\" references \"Partner\")",
                TRIGGERS_OFF,
                "insert into \"Sale Order\" select n, n from generate_series(1, 5) n");

        CheckResult result = RESTORED.ask("foreign-keys");

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result.observations()).containsEntry("broken", "1").containsEntry("orphaned rows", "5");
        assertThat(said(result)).contains("public.\"Sale Order\", his partner", "orphaned rows 5", "[1], [2], [3]");
    }

    @Test
    void a_key_of_several_columns_is_excused_when_one_is_missing() throws Exception {
        RESTORED.sql(
                "create table period (year int, month int, primary key (year, month))",
                "create table entry (year int, month int, foreign key (year, month) references period)",
                TRIGGERS_OFF,
                "insert into entry values (2026, null)");
        assertThat(RESTORED.ask("foreign-keys").verdict()).isEqualTo(Verdict.PASSED);

        RESTORED.sql(TRIGGERS_OFF, "insert into entry values (2026, 13)");

        assertThat(said(RESTORED.ask("foreign-keys"))).contains("orphaned rows 1, such as [2026, 13]");
    }

    @Test
    void a_full_match_excuses_only_what_is_missing_as_a_whole() throws Exception {
        RESTORED.sql(
                "create table period (year int, month int, primary key (year, month))",
                "create table entry (year int, month int, foreign key (year, month) references period match full)",
                TRIGGERS_OFF,
                "insert into entry values (null, null)");
        assertThat(RESTORED.ask("foreign-keys").verdict()).isEqualTo(Verdict.PASSED);

        RESTORED.sql(TRIGGERS_OFF, "insert into entry values (2026, null), (2026, 13)");

        assertThat(said(RESTORED.ask("foreign-keys"))).contains("orphaned rows 2", "[2026, null]", "[2026, 13]");
    }

    @Test
    void partitions_are_proven_with_their_table() throws Exception {
        RESTORED.sql(
                "create table partner (id int primary key) partition by range (id)",
                "create table partner_low partition of partner for values from (0) to (10)",
                "create table sale (id int, partner int references partner) partition by range (id)",
                "create table sale_low partition of sale for values from (0) to (10)",
                "insert into partner values (1)",
                "insert into sale values (1, 1)");
        CheckResult sound = RESTORED.ask("foreign-keys");
        assertThat(sound.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(sound.observations()).containsEntry("foreign keys", "1");

        RESTORED.sql(TRIGGERS_OFF, "insert into sale_low values (2, 7)");

        assertThat(said(RESTORED.ask("foreign-keys"))).contains("public.sale, sale_partner_fkey", "[7]");
    }

    @Test
    void rows_of_an_inheriting_table_are_no_parents() throws Exception {
        RESTORED.sql(
                "create table partner (id int primary key)",
                "create table special_partner () inherits (partner)",
                "create table sale (partner int references partner)",
                "insert into special_partner values (1)",
                TRIGGERS_OFF,
                "insert into sale values (1)");

        assertThat(RESTORED.ask("foreign-keys").verdict()).isEqualTo(Verdict.FAILED);
    }

    @Test
    void a_database_without_foreign_keys_proves_nothing() throws Exception {
        RESTORED.sql("create table sale (id int primary key)");

        assertThat(RESTORED.ask("foreign-keys").verdict()).isEqualTo(Verdict.COULD_NOT_RUN);
    }
}
