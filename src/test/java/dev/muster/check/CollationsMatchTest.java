package dev.muster.check;

import static dev.muster.check.RestoredDatabase.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.drill.CheckResult;
import dev.muster.drill.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CollationsMatchTest {
    private static final String OTHER_VERSION = "update pg_collation set collversion = '1.0' where collname = 'german'";

    @RegisterExtension
    static final RestoredDatabase RESTORED = new RestoredDatabase();

    @RegisterExtension
    static final RestoredDatabase WITHOUT_VERSION = new RestoredDatabase(14);

    @Test
    void shows_encoding_and_versions_where_they_match() throws Exception {
        german();

        CheckResult result = RESTORED.ask("collations-match");

        assertThat(said(result)).isEmpty();
        assertThat(result.findings()).isEmpty();
        assertThat(result.observations())
                .containsEntry("encoding", "UTF8")
                .containsEntry("indexes and ranges in doubt", "0")
                .containsKeys("collation of the database", "collation german");
    }

    @Test
    void another_version_is_a_finding_where_all_indexes_are_in_order_all_the_same() throws Exception {
        german();
        RESTORED.sql(OTHER_VERSION);

        CheckResult result = RESTORED.ask("collations-match");

        assertThat(said(result)).isEmpty();
        assertThat(result.observations())
                .containsEntry("indexes and ranges in doubt", "1")
                .containsEntry("proven to be in order", "1");
        assertThat(result.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.problem().where()).startsWith("german, recorded 1.0, here "));
    }

    @Test
    void an_index_in_another_order_is_named() throws Exception {
        german();
        RESTORED.sql(
                OTHER_VERSION, "update pg_collation set colliculocale = 'de-u-kf-upper' where collname = 'german'");

        CheckResult result = RESTORED.ask("collations-match");

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(said(result)).contains("by_name: could not find tuple using search from root page", "REINDEX");
    }

    @Test
    void what_nobody_can_prove_is_not_a_pass_and_what_is_not_sorted_is_in_no_doubt() throws Exception {
        german();
        RESTORED.sql(
                OTHER_VERSION,
                "create index hashed on partner using hash (name)",
                "create index ranges on partner using brin (name)",
                "create table part (name text collate german) partition by range (name)");

        CheckResult result = RESTORED.ask("collations-match");

        assertThat(result.verdict()).isEqualTo(Verdict.COULD_NOT_RUN);
        assertThat(said(result))
                .contains("2 indexes or ranges", "ranges:", "ranges of part:")
                .doesNotContain("hashed");
    }

    @Test
    void a_server_that_records_no_versions_is_asked_by_its_indexes() throws Exception {
        WITHOUT_VERSION.sql("create table partner (name text unique)", "insert into partner values ('a'), ('b')");

        CheckResult result = WITHOUT_VERSION.ask("collations-match");

        assertThat(said(result)).isEmpty();
        assertThat(result.observations()).containsEntry("encoding", "UTF8").containsKey("collation of the database");
    }

    private static void german() throws Exception {
        RESTORED.sql(
                "create collation german (provider = icu, locale = 'de-u-kf-lower')",
                "create table partner (name text collate german)",
                "insert into partner values ('a'), ('A'), ('b'), ('B')",
                "create index by_name on partner (name)");
    }
}
