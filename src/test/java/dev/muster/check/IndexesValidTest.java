package dev.muster.check;

import static dev.muster.check.RestoredDatabase.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.drill.CheckResult;
import dev.muster.drill.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class IndexesValidTest {
    @RegisterExtension
    static final RestoredDatabase RESTORED = new RestoredDatabase();

    @Test
    void says_how_many_valid_indexes_and_constraints_it_saw() throws Exception {
        RESTORED.sql("create table sale_order (id int primary key, total int check (total >= 0))");

        CheckResult result = RESTORED.ask("indexes-valid");

        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(result.observations())
                .containsEntry("indexes", "1")
                .containsEntry("constraints", "2")
                .containsEntry("invalid", "0");
    }

    @Test
    void names_an_index_that_was_never_finished() throws Exception {
        RESTORED.sql("create table sale_order (id int)", "insert into sale_order values (1), (1)");
        assertThatThrownBy(() -> RESTORED.sql("create unique index concurrently sale_order_once on sale_order (id)"))
                .hasMessageContaining("sale_order_once");

        CheckResult result = RESTORED.ask("indexes-valid");

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(said(result)).contains("index sale_order_once on sale_order");
    }

    @Test
    void names_a_constraint_that_nobody_held_against_the_rows() throws Exception {
        RESTORED.sql(
                "create table sale_order (id int)",
                "alter table sale_order add constraint positive check (id > 0) not valid",
                "create domain percent as int",
                "alter domain percent add constraint to_hundred check (value <= 100) not valid");

        CheckResult result = RESTORED.ask("indexes-valid");

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(said(result)).contains("constraint positive on sale_order", "constraint to_hundred on percent");
    }

    @Test
    void an_empty_database_is_not_a_sound_one() throws Exception {
        assertThat(RESTORED.ask("indexes-valid").verdict()).isEqualTo(Verdict.COULD_NOT_RUN);
    }
}
