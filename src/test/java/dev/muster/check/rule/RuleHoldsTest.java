package dev.muster.check.rule;

import static dev.muster.check.RestoredDatabase.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.check.Checks;
import dev.muster.check.RestoredDatabase;
import dev.muster.drill.CheckResult;
import dev.muster.drill.Expectation;
import dev.muster.drill.Progress;
import dev.muster.drill.Rule;
import dev.muster.drill.Step;
import dev.muster.drill.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RuleHoldsTest {
    private static final String MEANS = "An order without lines cannot be delivered.";
    private static final String WITHOUT_LINES = """
            select id, name from orders o
            where not exists (select from order_lines l where l.order_id = o.id) order by id""";

    @RegisterExtension
    static final RestoredDatabase RESTORED = new RestoredDatabase();

    @BeforeEach
    void orders() throws Exception {
        RESTORED.sql(
                "create table orders (id int, name text)",
                "create table order_lines (order_id int, price numeric)",
                "insert into orders select n, 'S' || n from generate_series(1, 8) n",
                "insert into order_lines select n, 0.5 from generate_series(1, 8) n");
    }

    @Test
    void a_rule_that_nothing_breaks_holds() throws Exception {
        CheckResult result = ask(WITHOUT_LINES, Expectation.NONE);

        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(result.name()).isEqualTo("orders-have-lines");
        assertThat(result.step()).isEqualTo("check: invariants");
        assertThat(result.observations()).containsEntry("means", MEANS).containsEntry("rows", "0");
    }

    @Test
    void a_broken_rule_shows_the_first_five_rows_and_what_that_means() throws Exception {
        RESTORED.sql(
                "delete from order_lines where order_id > 1", "update orders set name = repeat('x', 90) || chr(10)");

        CheckResult result = ask(WITHOUT_LINES, Expectation.NONE);

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(said(result))
                .contains(
                        "its query must find nothing and found 7, such as id=2, name=" + "x".repeat(80) + "…. " + MEANS)
                .contains("runbooks/monthly.yaml, check invariants, rule orders-have-lines");
        assertThat(result.observations())
                .containsEntry("rows", "7")
                .containsKeys("row 1", "row 5")
                .doesNotContainKey("row 6");
    }

    @Test
    void a_value_that_would_move_the_cursor_of_a_terminal_is_shown_as_one_line() throws Exception {
        RESTORED.sql("delete from order_lines where order_id = 1", "update orders set name = E'a\\n\\x1b[2Jb'");

        assertThat(ask(WITHOUT_LINES, Expectation.NONE).observations()).containsEntry("row 1", "id=1, name=a  [2Jb");
    }

    @Test
    void more_than_a_thousand_rows_are_not_counted_one_by_one() throws Exception {
        CheckResult result = ask("select n from generate_series(1, 5000000) n", Expectation.NONE);

        assertThat(result.observations()).containsEntry("rows", "more than 1000");
    }

    @Test
    void rows_that_must_be_there_are_missed() throws Exception {
        assertThat(ask("select 1 from orders", Expectation.SOME).verdict()).isEqualTo(Verdict.PASSED);

        CheckResult result = ask("select 1 from orders where name = 'none'", Expectation.SOME);

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(said(result)).contains("must find something and found nothing");
    }

    @Test
    void a_number_is_the_same_with_any_number_of_decimals() throws Exception {
        String sum = "select sum(price) from order_lines";

        assertThat(ask(sum, Expectation.number(4)).verdict()).isEqualTo(Verdict.PASSED);
        CheckResult other = ask(sum, Expectation.number(5));
        assertThat(other.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(said(other)).contains("its query gave 4.0 instead of 5");
    }

    @Test
    void a_text_is_the_same_letter_by_letter() throws Exception {
        String name = "select name from orders where id = 1";

        assertThat(ask(name, Expectation.words("S1")).verdict()).isEqualTo(Verdict.PASSED);
        assertThat(ask(name, Expectation.words("s1")).verdict()).isEqualTo(Verdict.FAILED);
    }

    @Test
    void without_the_one_value_that_was_asked_for_nothing_is_known() throws Exception {
        for (String query : List.of(
                "select id from orders where id = 0",
                "select max(id) from orders where id = 0",
                "select id from orders",
                "select 0, 0")) {
            CheckResult result = ask(query, Expectation.number(0));

            assertThat(result.verdict()).as(query).isEqualTo(Verdict.COULD_NOT_RUN);
            assertThat(said(result)).contains("asks for one value, and its query gave");
        }
    }

    @Test
    void a_rule_about_nothing_proves_nothing() throws Exception {
        Optional<String> orders = Optional.of("select count(*) from orders");
        assertThat(ask(rule(WITHOUT_LINES, Expectation.NONE, orders, Rule.USUAL))
                        .observations())
                .containsEntry("looked at", "8");

        RESTORED.sql("truncate orders");

        CheckResult result = ask(rule(WITHOUT_LINES, Expectation.NONE, orders, Rule.USUAL));
        assertThat(result.verdict()).isEqualTo(Verdict.COULD_NOT_RUN);
        assertThat(said(result)).contains("There is nothing that the rule orders-have-lines is about");
    }

    @Test
    void a_query_that_the_server_refuses_is_told_in_its_own_words_with_the_place_of_the_rule() throws Exception {
        CheckResult result = ask("select 1 from invoices", Expectation.NONE);

        assertThat(result.verdict()).isEqualTo(Verdict.COULD_NOT_RUN);
        assertThat(said(result))
                .contains("relation \"invoices\" does not exist")
                .contains("runbooks/monthly.yaml, check invariants, rule orders-have-lines");
    }

    @Test
    void a_query_that_takes_longer_than_the_rule_allows_is_ended() throws Exception {
        CheckResult result =
                ask(rule("select pg_sleep(60)", Expectation.SOME, Optional.empty(), Duration.ofMillis(100)));

        assertThat(result.verdict()).isEqualTo(Verdict.COULD_NOT_RUN);
        assertThat(said(result)).contains("statement timeout").contains("within: 5m");
        assertThat(Duration.between(result.started(), result.finished())).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void nothing_is_written_and_no_function_of_the_database_runs_as_a_superuser() throws Exception {
        RESTORED.sql(
                "create function who() returns text language plpgsql as"
                        + " $$ begin return current_setting('is_superuser'); end $$",
                "create function wipe() returns int language plpgsql as"
                        + " $$ begin delete from public.orders; return 0; end $$");

        assertThat(ask("select who()", Expectation.words("off")).verdict()).isEqualTo(Verdict.PASSED);
        CheckResult result = ask("select wipe()", Expectation.number(0));
        assertThat(result.verdict()).isEqualTo(Verdict.COULD_NOT_RUN);
        assertThat(said(result)).contains("read-only transaction");
        assertThat(RESTORED.value("select count(*) from orders")).isEqualTo("8");
    }

    @Test
    void rows_that_a_policy_would_hide_are_not_passed_over() throws Exception {
        RESTORED.sql("alter table orders enable row level security", "delete from order_lines");

        CheckResult result = ask(WITHOUT_LINES, Expectation.NONE);

        assertThat(result.verdict()).isEqualTo(Verdict.COULD_NOT_RUN);
        assertThat(said(result)).contains("row-level security");
    }

    @Test
    void names_mean_the_tables_of_the_business_whatever_the_database_says() throws Exception {
        RESTORED.sql(
                "create schema lies",
                "create table lies.orders (id int, name text)",
                "alter database restored set search_path = lies, public",
                "delete from order_lines");
        try {
            assertThat(ask(WITHOUT_LINES, Expectation.NONE).verdict()).isEqualTo(Verdict.FAILED);
        } finally {
            RESTORED.sql("alter database restored reset search_path", "drop schema lies cascade");
        }
    }

    @Test
    void each_rule_has_a_result_of_its_own() throws Exception {
        Rule other =
                new Rule("orders-there", "select 1 from orders", Expectation.SOME, MEANS, Optional.empty(), Rule.USUAL);

        assertThat(run(List.of(rule(WITHOUT_LINES, Expectation.NONE, Optional.empty(), Rule.USUAL), other)))
                .extracting(CheckResult::name)
                .containsExactly("orders-have-lines", "orders-there");
    }

    private static Rule rule(String sql, Expectation expect, Optional<String> among, Duration within) {
        return new Rule("orders-have-lines", sql, expect, MEANS, among, within);
    }

    private static CheckResult ask(String sql, Expectation expect) throws InterruptedException {
        return ask(rule(sql, expect, Optional.empty(), Rule.USUAL));
    }

    private static CheckResult ask(Rule rule) throws InterruptedException {
        return run(List.of(rule)).get(0);
    }

    private static List<CheckResult> run(List<Rule> rules) throws InterruptedException {
        return Checks.shipped(Clock.systemUTC())
                .run(
                        new Step.Check(RuleHolds.GROUP, Map.of(), Optional.empty(), Map.of(), rules),
                        RESTORED.subject(),
                        Progress.SILENT);
    }
}
