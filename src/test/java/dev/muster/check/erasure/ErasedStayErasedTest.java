package dev.muster.check.erasure;

import static dev.muster.check.RestoredDatabase.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.check.Checks;
import dev.muster.check.RestoredDatabase;
import dev.muster.drill.Asset;
import dev.muster.drill.CheckResult;
import dev.muster.drill.Erasure;
import dev.muster.drill.Progress;
import dev.muster.drill.Reading;
import dev.muster.drill.Readings;
import dev.muster.drill.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ErasedStayErasedTest {
    private static final String ERASE = "update person set name = 'erased', email = null where email = :id";
    private static final String COUNT = "select count(*) from person where email = :id";
    private static final String HOSTILE = "o'neil\"); drop table person; --@example.com";
    private static final String LIST = """
            id,erased
            anna@example.com,2026-11-20T14:00:00Z
            "o'neil""); drop table person; --@example.com",2026-11-20T15:00:00+01:00
            long.ago@example.com,2026-11-01T00:00:00Z
            """;

    @RegisterExtension
    static final RestoredDatabase RESTORED = new RestoredDatabase();

    @BeforeEach
    void three_persons_of_whom_two_are_on_the_list() throws Exception {
        RESTORED.sql(
                "create table person (id int primary key, name text, email varchar(200))",
                "create table message (person int references person on delete cascade, body jsonb, words text[])",
                "insert into person values (1, 'Anna', 'anna@example.com'), (2, 'O', $$" + HOSTILE
                        + "$$), (3, 'Carla', 'carla@example.com')");
    }

    @Test
    void who_was_erased_since_the_backup_is_erased_again_and_nobody_else() throws Exception {
        CheckResult result = erase(LIST, List.of(ERASE), List.of(COUNT), List.of("person", "message"));

        assertThat(said(result)).isEmpty();
        assertThat(result.findings()).isEmpty();
        assertThat(result.name()).isEqualTo("erased-stay-erased");
        assertThat(result.step()).isEqualTo("erase: erased.csv");
        assertThat(result.observations())
                .containsEntry("persons on the list", "3")
                .containsEntry("erased again", "2")
                .containsEntry("of these found in the backup", "2")
                .containsEntry("rows changed", "2")
                .containsEntry("columns searched", "4")
                .containsEntry("still there", "0");
        assertThat(RESTORED.value("select string_agg(name, ' ' order by id) from person"))
                .isEqualTo("erased erased Carla");
    }

    @Test
    void who_survives_in_another_table_fails_the_check_and_is_not_named() throws Exception {
        RESTORED.sql("insert into message values (1, '{\"to\": [\"Anna@Example.com\"]}', null)");

        CheckResult result = erase(LIST, List.of(ERASE), List.of(COUNT), List.of("person", "message"));

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(said(result))
                .contains("1 of 3 erased persons", "line 2 by the text of public.message.body")
                .containsPattern("SHA-256: [0-9a-f]{64}");
        assertThat(result.toString()).doesNotContainIgnoringCase("anna");
        assertThat(erase(LIST, List.of(ERASE), List.of(COUNT), List.of("person"))
                        .verdict())
                .isEqualTo(Verdict.PASSED);
    }

    @Test
    void a_statement_that_erases_too_little_is_found_out_by_the_query() throws Exception {
        RESTORED.sql("insert into message values (2, null, array[$$" + HOSTILE + "$$])");
        assertThat(said(erase(LIST, List.of(ERASE), List.of(COUNT), List.of("message"))))
                .contains("line 3 by the text of public.message.words");
        RESTORED.sql(
                "update message set words = null, body = to_jsonb($$" + HOSTILE + "$$::text)",
                "update person set email = 'anna@example.com' where id = 1");

        CheckResult result = erase(LIST, List.of(ERASE + " and id <> 1"), List.of(COUNT), List.of("message"));

        assertThat(said(result))
                .contains(
                        "line 2 by \"select count(*) from person where email = :id\"",
                        "line 3 by the text of public.message.body");
    }

    @Test
    void who_was_erased_before_the_backup_is_not_erased_again_but_must_be_absent() throws Exception {
        RESTORED.sql("insert into person values (4, 'Long', 'long.ago@example.com')");

        CheckResult result = erase(LIST, List.of(ERASE), List.of(COUNT), List.of());

        assertThat(said(result)).contains("line 4 (erased before the backup was made) by");
        assertThat(RESTORED.value("select name from person where id = 4")).isEqualTo("Long");
    }

    @Test
    void cascades_hold_while_erasing() throws Exception {
        RESTORED.sql("insert into message values (1, '\"hello anna@example.com\"', null)");

        assertThat(said(erase(
                        LIST, List.of("delete from person where email = :id"), List.of(COUNT), List.of("message"))))
                .isEmpty();
    }

    @Test
    void nobody_found_at_all_is_a_finding() throws Exception {
        CheckResult result = erase("id\nnobody@example.com\n", List.of(ERASE), List.of(COUNT), List.of());

        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(result.findings().toString()).contains("None of the 1 persons");
    }

    @Test
    void a_statement_that_fails_erases_nothing_and_its_message_names_nobody() throws Exception {
        CheckResult result =
                erase(LIST, List.of(ERASE, "delete from person where id = :id"), List.of(COUNT), List.of());

        assertThat(result.verdict()).isEqualTo(Verdict.COULD_NOT_RUN);
        assertThat(said(result))
                .contains("delete from person where id = :id", "line 2 of the list", "invalid input syntax")
                .doesNotContainIgnoringCase("anna");
        assertThat(RESTORED.value("select count(*) from person where name = 'erased'"))
                .isEqualTo("0");
    }

    @Test
    void what_proves_nothing_is_no_pass() throws Exception {
        assertThat(unable(ERASE.replace(":id", "':id'"), COUNT, List.of())).contains("cannot be bound");
        assertThat(unable(ERASE, "select email from person where email = :id", List.of()))
                .contains("does not give one number");
        assertThat(unable(ERASE, COUNT.replace("person", "persons"), List.of()))
                .contains("relation \"persons\" does not exist", "erase.absent");
        assertThat(unable(ERASE, COUNT, List.of("persons"))).contains("no table persons");
        assertThat(unable(ERASE, "delete from person where email = :id returning 0", List.of()))
                .contains("read-only transaction");
        CheckResult brief = erase("id\nabc\n", List.of(ERASE), List.of(COUNT), List.of("person"));
        assertThat(said(brief)).contains("line 2 is too short");
    }

    private static String unable(String run, String absent, List<String> search) throws Exception {
        CheckResult result = erase(LIST, List.of(run), List.of(absent), search);
        assertThat(result.verdict()).isEqualTo(Verdict.COULD_NOT_RUN);
        return said(result);
    }

    private static CheckResult erase(String list, List<String> run, List<String> absent, List<String> search)
            throws Exception {
        Reading dump = Reading.of(Instant.parse("2026-11-20T12:00:00Z"), "start of the dump");
        return Checks.shipped(Clock.systemUTC())
                .erase(
                        new Erasure(new Erasure.Listing(Optional.empty(), "erased.csv"), run, absent, search),
                        ErasureList.read(list.getBytes(StandardCharsets.UTF_8), "erased.csv"),
                        "erase: erased.csv",
                        RESTORED.subject(Optional.empty(), Map.of(Asset.DATABASE, new Readings(dump, dump, dump))),
                        Progress.SILENT);
    }
}
