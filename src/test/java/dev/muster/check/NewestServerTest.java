package dev.muster.check;

import static dev.muster.check.RestoredDatabase.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.drill.CheckResult;
import dev.muster.drill.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What only a PostgreSQL 18 knows, and what it knows under other names. */
class NewestServerTest {
    @RegisterExtension
    static final RestoredDatabase RESTORED = new RestoredDatabase(18);

    @Test
    void keys_that_are_not_enforced_are_counted_apart() throws Exception {
        RESTORED.sql(
                "create table partner (id int primary key)",
                "create table sale (partner int references partner, old int references partner not enforced)",
                "insert into sale values (null, 7)");

        CheckResult keys = RESTORED.ask("foreign-keys");

        assertThat(said(keys)).isEmpty();
        assertThat(keys.observations())
                .containsEntry("foreign keys", "1")
                .containsEntry("not enforced or over periods, not looked at", "1");
        assertThat(RESTORED.ask("indexes-valid").verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void orphaned_rows_and_damaged_indexes_are_found_as_well() throws Exception {
        RESTORED.sql(
                "create table partner (id int primary key)",
                "create table sale (partner int references partner)",
                "create function rank(int) returns int immutable language plpgsql as 'begin return $1; end'",
                "create index by_rank on sale (public.rank(partner))",
                "set session_replication_role = replica",
                "insert into sale values (7)",
                "create or replace function rank(int) returns int immutable language plpgsql as 'begin return -$1; end'");

        assertThat(said(RESTORED.ask("foreign-keys"))).contains("[7]");
        assertThat(said(RESTORED.ask("heap-and-indexes"))).contains("by_rank");
    }

    @Test
    void what_is_not_enforced_is_not_proven_and_what_is_computed_is_not_read() throws Exception {
        RESTORED.sql(
                "create table sale (id serial primary key, total int not null, double int generated always as (1 / total)"
                        + " virtual, constraint positive check (total > 0) not enforced)",
                "insert into sale (total) values (0), (-1)");

        CheckResult constraints = RESTORED.ask("constraints-hold");

        assertThat(said(constraints)).isEmpty();
        assertThat(constraints.observations())
                .containsEntry("check constraints", "0")
                .containsEntry("not enforced or of other kinds, not looked at", "1");
        for (String check :
                new String[] {"everything-readable", "sequences-ahead", "collations-match", "extensions-there"}) {
            assertThat(said(RESTORED.ask(check))).isEmpty();
        }
    }
}
