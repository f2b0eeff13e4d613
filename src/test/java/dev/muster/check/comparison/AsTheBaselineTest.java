package dev.muster.check.comparison;

import static dev.muster.check.RestoredDatabase.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.check.Checks;
import dev.muster.check.RestoredDatabase;
import dev.muster.check.Subject;
import dev.muster.drill.Asset;
import dev.muster.drill.Baseline;
import dev.muster.drill.BaselinePlan;
import dev.muster.drill.BusinessProcess;
import dev.muster.drill.CheckResult;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.drill.Reading;
import dev.muster.drill.Readings;
import dev.muster.drill.Runbook;
import dev.muster.drill.Step;
import dev.muster.drill.Tolerance;
import dev.muster.drill.Verdict;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AsTheBaselineTest {
    private static final String BACKUP = "s3://acme/db/shop.dump";
    private static final Instant TAKEN = RestoredDatabase.DISASTER.minusSeconds(7200);
    private static final Instant POINT = RestoredDatabase.DISASTER.minusSeconds(3600);
    private static final Map<String, Tolerance> TOLERANCES = Map.of(
            "*",
            Tolerance.within(OptionalDouble.of(5), OptionalDouble.of(50)),
            "module",
            Tolerance.EXACT,
            "log_*",
            Tolerance.ANY);

    @RegisterExtension
    static final RestoredDatabase RESTORED = new RestoredDatabase();

    private Baseline baseline;

    @BeforeEach
    void a_shop_and_its_baseline() throws Exception {
        RESTORED.sql(
                "create table sale_order (id int, written timestamptz)",
                "insert into sale_order select n, '2026-11-21 00:00Z' from generate_series(1, 100) n",
                "create table module (name text, price float8, icon bytea, at timestamptz default '2026-01-01 00:00Z')",
                "insert into module select 'module ' || n, n / 3.0, decode(md5(n::text), 'hex') from generate_series(1, 20) n",
                "create table log_line (id int)",
                "insert into log_line select generate_series(1, 100)");
        baseline = read(Baseline.Origin.LIVE);
    }

    @Test
    void the_same_data_passes_whatever_the_order_of_its_rows() throws Exception {
        RESTORED.sql(
                "create table other (like module including all)",
                "insert into other select * from module order by price desc",
                "drop table module",
                "alter table other rename to module");

        CheckResult result = ask(TOLERANCES);

        assertThat(result.verdict()).as(said(result)).isEqualTo(Verdict.PASSED);
        assertThat(result.findings()).isEmpty();
        assertThat(result.observations())
                .containsEntry("compared by their contents", "1: module")
                .containsEntry("left out by their tolerance", "1");
    }

    @Test
    void rows_within_the_tolerance_pass_and_beyond_it_fail_with_both_figures() throws Exception {
        RESTORED.sql("delete from sale_order where id <= 5", "delete from log_line");
        assertThat(ask(TOLERANCES).verdict()).isEqualTo(Verdict.PASSED);

        RESTORED.sql("delete from sale_order where id = 6");
        CheckResult few = ask(TOLERANCES);
        assertThat(few.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(said(few)).contains("sale_order has 94 rows, and had 100 (tolerated: lose 5%, grow 50%)");

        RESTORED.sql("insert into sale_order select n from generate_series(1, 57) n");
        assertThat(said(ask(TOLERANCES))).contains("sale_order has 151 rows, and had 100");
    }

    @Test
    void one_other_value_in_a_table_that_has_to_be_exact_fails() throws Exception {
        RESTORED.sql("update module set icon = set_byte(icon, 3, 1 - get_bit(icon, 24)) where name = 'module 7'");

        assertThat(said(ask(TOLERANCES))).contains("module has other contents in its 20 rows");
    }

    @Test
    void a_row_less_in_a_table_that_has_to_be_exact_and_a_table_that_is_gone_fail() throws Exception {
        RESTORED.sql("delete from module where name = 'module 7'", "drop table sale_order");

        assertThat(said(ask(TOLERANCES)))
                .contains("module has 19 rows, and had 20 (tolerated: exact)", "sale_order is not there, and had 100");
    }

    @Test
    void the_very_backup_that_a_baseline_was_read_from_has_to_be_exact() throws Exception {
        baseline = read(new Baseline.Origin(Optional.of(BACKUP), Optional.of(POINT)));
        assertThat(ask(Map.of()).verdict()).isEqualTo(Verdict.PASSED);

        RESTORED.sql("update sale_order set id = 4711 where id = 1");
        assertThat(said(ask(Map.of()))).contains("sale_order has other contents");

        baseline = read(new Baseline.Origin(Optional.of("s3://acme/db/other.dump"), Optional.of(POINT)));
        RESTORED.sql("update sale_order set id = 4712 where id = 2");
        assertThat(ask(Map.of()).verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void what_the_drill_has_written_to_is_not_compared_and_cannot_be_exact() throws Exception {
        RESTORED.sql("update module set price = 0");

        CheckResult left = ask(Map.of(), baseline, Set.of("module"));
        assertThat(left.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(left.observations()).containsEntry("not compared, as a step has written to them", "module");

        CheckResult exact = ask(TOLERANCES, baseline, Set.of("module"));
        assertThat(exact.verdict()).isEqualTo(Verdict.COULD_NOT_RUN);
        assertThat(said(exact)).contains("module, since a step of the drill has written to it", "before the step");
    }

    @Test
    void digests_of_another_version_or_encoding_are_not_compared() throws Exception {
        CheckResult older = ask(TOLERANCES, on(new Baseline.Server("14.1", 14, "UTF8")), Set.of());
        assertThat(older.verdict()).isEqualTo(Verdict.COULD_NOT_RUN);
        assertThat(said(older)).contains("PostgreSQL 14 with UTF8");

        CheckResult latin = ask(Map.of(), on(new Baseline.Server("15.1", 15, "LATIN1")), Set.of());
        assertThat(latin.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(latin.findings())
                .extracting(
                        finding -> finding.severity() + " " + finding.problem().what())
                .containsExactly("MAJOR The baseline's database is encoded as LATIN1, the restored one as UTF8");
    }

    @Test
    void an_extension_that_is_gone_fails() throws Exception {
        Baseline more = new Baseline(
                baseline.system(),
                baseline.at(),
                baseline.origin(),
                baseline.server(),
                Map.of("plpgsql", "1.0", "pg_trgm", "1.6"),
                baseline.roles(),
                baseline.watermarks(),
                baseline.tables());

        assertThat(said(ask(Map.of(), more, Set.of()))).contains("the extension pg_trgm is not there");
    }

    @Test
    void a_newest_row_older_than_the_baseline_saw_is_a_major_finding() throws Exception {
        RESTORED.sql("update sale_order set written = '2026-11-20 00:00Z'");

        CheckResult result = ask(TOLERANCES);

        assertThat(result.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.problem().what())
                        .contains("process orders", "2026-11-20T00:00:00Z", "2026-11-21T00:00:00Z"));
    }

    @Test
    void without_a_baseline_the_check_could_not_run_and_without_the_key_it_is_not_asked() throws Exception {
        Problem missing = new Problem("There is no baseline", "vault primary", "Make one.");
        Background nothing = new Background(
                Optional.of(BACKUP),
                Optional.empty(),
                Optional.of(missing),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                new Counting());

        assertThat(run(subject(Map.of(), nothing)).problem()).contains(missing);
        assertThat(run(RESTORED.subject(nothing)).verdict()).isNotEqualTo(Verdict.PASSED);
        assertThat(run(RESTORED.subject(nothing)).name()).isEqualTo("as-the-baseline");
    }

    @Test
    void casts_that_a_restored_database_brings_are_not_used() throws Exception {
        RESTORED.sql(
                "create function steal(sale_order) returns text language sql as $$ select 'same' $$",
                "create cast (sale_order as text) with function steal(sale_order)");
        baseline = read(Baseline.Origin.LIVE);
        RESTORED.sql("update sale_order set id = 4711 where id = 1");

        assertThat(said(ask(Map.of("sale_order", Tolerance.EXACT)))).contains("sale_order has other contents");
    }

    private Baseline on(Baseline.Server server) {
        return new Baseline(
                baseline.system(),
                baseline.at(),
                baseline.origin(),
                server,
                baseline.extensions(),
                baseline.roles(),
                baseline.watermarks(),
                baseline.tables());
    }

    private static Baseline read(Baseline.Origin origin) throws Exception {
        return new BaselineReader(runbook(Map.of()), RESTORED.database(), Progress.SILENT).read(TAKEN, origin);
    }

    private CheckResult ask(Map<String, Tolerance> tolerances) throws InterruptedException {
        return ask(tolerances, baseline, Set.of());
    }

    private static CheckResult ask(Map<String, Tolerance> tolerances, Baseline with, Set<String> written)
            throws InterruptedException {
        return run(subject(
                tolerances,
                new Background(
                        Optional.of(BACKUP),
                        Optional.of(new Background.Known(with, "s3://acme/baselines/one", "0".repeat(64), "key")),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        written,
                        new Counting())));
    }

    private static CheckResult run(Subject subject) throws InterruptedException {
        return Checks.shipped(Clock.systemUTC())
                .run(new Step.Check("as-the-baseline", Map.of()), subject, Progress.SILENT)
                .get(0);
    }

    private static Subject subject(Map<String, Tolerance> tolerances, Background background) {
        Reading unknown = Reading.none("not measured");
        return new Subject(
                runbook(tolerances),
                Optional.of(RESTORED.database()),
                Optional.empty(),
                Optional.empty(),
                RestoredDatabase.DISASTER,
                Map.of(Asset.DATABASE, new Readings(unknown, Reading.of(POINT, "dump header"), unknown)),
                background);
    }

    private static Runbook runbook(Map<String, Tolerance> tolerances) {
        Runbook plain = RestoredDatabase.runbook(Map.of());
        return new Runbook(
                plain.name(),
                plain.title(),
                plain.system(),
                plain.owner(),
                plain.scenario(),
                plain.schedule(),
                plain.objectives(),
                Map.of(
                        "orders",
                        new BusinessProcess(
                                "orders",
                                plain.objectives(),
                                Optional.of("select max(written) from sale_order"),
                                List.of())),
                plain.backups(),
                plain.scratch(),
                plain.deadlines(),
                plain.steps(),
                Optional.of(new BaselinePlan("primary", "baselines/", Optional.empty(), Optional.empty(), tolerances)),
                plain.leastDetected(),
                plain.governance(),
                Optional.empty(),
                plain.file(),
                plain.sha256(),
                Optional.empty());
    }
}
