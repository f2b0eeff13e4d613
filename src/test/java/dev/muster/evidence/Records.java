package dev.muster.evidence;

import dev.muster.drill.Approval;
import dev.muster.drill.Asset;
import dev.muster.drill.Attempt;
import dev.muster.drill.Backup;
import dev.muster.drill.BackupFormat;
import dev.muster.drill.BackupSource;
import dev.muster.drill.BusinessProcess;
import dev.muster.drill.Candidate;
import dev.muster.drill.CheckResult;
import dev.muster.drill.Classification;
import dev.muster.drill.Criticality;
import dev.muster.drill.Detection;
import dev.muster.drill.DrillRecord;
import dev.muster.drill.DrillRequest;
import dev.muster.drill.Expectation;
import dev.muster.drill.Fault;
import dev.muster.drill.Figure;
import dev.muster.drill.Finding;
import dev.muster.drill.Forecast;
import dev.muster.drill.Governance;
import dev.muster.drill.ObjectRead;
import dev.muster.drill.Objectives;
import dev.muster.drill.Problem;
import dev.muster.drill.ProcessFigures;
import dev.muster.drill.Programme;
import dev.muster.drill.Proof;
import dev.muster.drill.Reading;
import dev.muster.drill.Readings;
import dev.muster.drill.RecoveryPoint;
import dev.muster.drill.Rule;
import dev.muster.drill.Runbook;
import dev.muster.drill.Scenario;
import dev.muster.drill.ScratchPlan;
import dev.muster.drill.Selection;
import dev.muster.drill.Stage;
import dev.muster.drill.Step;
import dev.muster.drill.StoredObject;
import dev.muster.drill.TeardownReceipt;
import dev.muster.drill.TimelineEntry;
import dev.muster.drill.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Records as drills leave them, for tests. */
public final class Records {
    static final Instant DISASTER = Instant.parse("2026-11-01T03:00:00Z");
    static final String DRILL = "2026-11-01-odoo-distribution-7f3a";

    static final String OTHER_DIGEST = "0000000000000000000000000000000000000000000000000000000000000000";
    static final String DIGEST = "b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c";

    private static final Governance GOVERNANCE = new Governance(
            Optional.of(Criticality.CRITICAL),
            List.of("Loss of the region that holds database and filestore."),
            List.of("Printers and scales in the warehouse."),
            List.of("The vault is in another region and can be reached."),
            Classification.CONFIDENTIAL,
            Optional.of(Period.ofYears(6)),
            Optional.of("planner@example.com"),
            Optional.of("reviewer@example.com"),
            Optional.of(new Governance.Approval("approver@example.com", LocalDate.parse("2026-10-15"))),
            Optional.empty(),
            false,
            Map.of(Stage.FETCH, Duration.ofSeconds(30), Stage.RESTORE, Duration.ofSeconds(10)));

    /** What the ledger is told of that drill before it begins. */
    public static final Map<String, String> PLAN = Map.ofEntries(
            Map.entry("host", "erp-host"),
            Map.entry("process", "4711"),
            Map.entry("process started", "2026-11-01T02:59:00Z"),
            Map.entry("runbook", "odoo-monthly"),
            Map.entry("runbook sha256", DIGEST),
            Map.entry("system", "odoo-distribution"),
            Map.entry("disaster", DISASTER.toString()),
            Map.entry("requested by", "operator@erp-host"),
            Map.entry("trigger", "OPERATOR"),
            Map.entry("choice database", "newest"),
            Map.entry("choice filestore", "matching"),
            Map.entry("set objectives.rto", "4h"),
            Map.entry("supersedes", "odoo-first"));

    private static final String LOG = "2026-11-01T03:00:00Z stage plan\n2026-11-01T03:00:52Z stage conclude\n";

    private static final Programme PROGRAMME = new Programme(
            Optional.of("Example Ltd"),
            Instant.parse("2025-11-01T03:00:52Z"),
            new Programme.Counts(5, 4, 2, 1, 1, 0, 1, 0),
            new Programme.Counts(9, 7, 4, 1, 1, 1, 1, 1),
            3,
            2,
            List.of(
                    new Programme.Try("odoo-first", DISASTER.minusSeconds(900), Optional.of("FAILED")),
                    new Programme.Try(DRILL, DISASTER, Optional.of("PASSED"))),
            List.of(
                    new Programme.Past(
                            "odoo-october",
                            Instant.parse("2026-10-04T01:52:00Z"),
                            Verdict.PASSED,
                            Optional.of(Duration.ofMinutes(11)),
                            Optional.of(Duration.ofSeconds(44))),
                    new Programme.Past(
                            "odoo-first",
                            DISASTER.minusSeconds(800),
                            Verdict.FAILED,
                            Optional.empty(),
                            Optional.empty())),
            List.of(
                    expected(Optional.empty(), Optional.empty(), 52, Duration.ofHours(4)),
                    expected(Optional.empty(), Optional.of(Stage.FETCH), 20, Duration.ofHours(4)),
                    expected(Optional.of("order-capture"), Optional.empty(), 45, Duration.ofSeconds(60))));

    private static Forecast expected(Optional<String> process, Optional<Stage> stage, long seconds, Duration target) {
        return new Forecast(
                "odoo-distribution",
                process,
                Forecast.Of.RTO,
                stage,
                Instant.parse("2027-02-01T03:00:00Z"),
                Duration.ofSeconds(seconds),
                Duration.ofSeconds(seconds - 4),
                Duration.ofSeconds(seconds + 6),
                stage.isPresent() ? Optional.empty() : Optional.of(target),
                process.map(one -> Instant.parse("2027-06-14T00:00:00Z")),
                12,
                "a straight line through 12 drills");
    }

    private static final Approval APPROVED = new Approval(
            Optional.of("kim@example.com"),
            Optional.of(LocalDate.of(2026, 10, 5)),
            Approval.Signature.SIGNED,
            Optional.of("SHA256:2jXvAYIFoCG1QYW0yYUdBGpKLtdqlA0nzGnRWU3o7sI"));

    private Records() {}

    public static DrillRecord passed() {
        return record(Verdict.PASSED, List.of(), List.of(), List.of());
    }

    public static DrillRecord failed() {
        CheckResult failed = new CheckResult(
                "attachments-present",
                "filestore-consistency",
                Verdict.FAILED,
                at(41.2),
                at(43.9),
                observations("files the database names", "412", "found", "411", "missing", "1"),
                Optional.of(new Problem(
                        "1 of 412 files that the database names is missing",
                        "filestore/3f/3f786850e387550fdab836ed7e6dc881de23001b",
                        "Restore the file from an older filestore backup, and let the filestore be copied after the"
                                + " database instead of before it.")),
                List.of(new Finding(
                        Finding.Severity.MINOR,
                        new Problem(
                                "3 files belong to no row of the database",
                                "filestore/9a",
                                "They do no harm; the next cleaning job removes them."))));
        return record(
                Verdict.FAILED,
                List.of(failed),
                List.of(),
                List.of(new Finding(
                        Finding.Severity.MAJOR,
                        new Problem(
                                "The newest backup was incomplete and has been passed over",
                                "s3://acme-backups/odoo/db/2026-11-01T01.dump",
                                "Look into the log of the backup job of 2026-11-01 01:00 UTC."))));
    }

    public static DrillRecord couldNotRun() {
        DrillRecord whole = passed();
        Figure unknown = new Figure(
                Optional.of(Duration.ofHours(1)),
                Optional.empty(),
                "disaster instant minus the proven point of the worst asset; nothing was restored",
                Map.of());
        return new DrillRecord(
                whole.drill(),
                whole.request(),
                whole.planned(),
                whole.started(),
                at(2.4),
                Verdict.COULD_NOT_RUN,
                Optional.empty(),
                List.of(),
                List.of(),
                Map.of(),
                Optional.empty(),
                unknown,
                unknown,
                Map.of("order-capture", new ProcessFigures(unknown, unknown)),
                List.of(),
                List.of(),
                List.of(new Problem(
                        "The vault primary refused the access key",
                        "http://127.0.0.1:9000/acme-backups",
                        "Check S3_ACCESS_KEY and S3_SECRET_KEY in the environment of the service, then run"
                                + " `muster doctor`.")),
                List.of(new TimelineEntry(Stage.PLAN, "list the vaults", at(0.1), at(2.3))),
                whole.environment(),
                Optional.empty(),
                Optional.empty(),
                PROGRAMME,
                Approval.declared(whole.request().runbook()),
                LOG);
    }

    public static DrillRecord with(Map<String, String> observations) {
        CheckResult check = new CheckResult(
                "row-counts",
                "database-integrity",
                Verdict.PASSED,
                at(40),
                at(41),
                observations,
                Optional.empty(),
                List.of());
        return record(Verdict.PASSED, List.of(check), List.of(), List.of());
    }

    static DrillRecord withChecks(List<CheckResult> checks) {
        return record(Verdict.PASSED, checks, List.of(), List.of());
    }

    /** A drill after which its checks were put to the proof. */
    public static DrillRecord proven() {
        DrillRecord whole = passed();
        Fault broken = new Fault("foreign-key-broken", "A row is missing.", Fault.Kind.DATA, Set.of("foreign-keys"));
        Proof proof = new Proof(
                7,
                Verdict.PASSED,
                List.of(
                        new Detection(
                                broken,
                                Detection.Outcome.CAUGHT,
                                "row 7 deleted",
                                List.of("foreign-keys", "orders-have-lines"),
                                ""),
                        new Detection(broken, Detection.Outcome.ESCAPED, "row <8> deleted", List.of(), ""),
                        new Detection(
                                broken, Detection.Outcome.NOT_APPLICABLE, "", List.of(), "there is no table orders")),
                OptionalInt.of(50));
        return new DrillRecord(
                whole.drill(),
                whole.request(),
                whole.planned(),
                whole.started(),
                whole.finished(),
                whole.verdict(),
                whole.recoveryPoint(),
                whole.attempts(),
                whole.objectsRead(),
                whole.readings(),
                whole.skew(),
                whole.rpo(),
                whole.rto(),
                whole.processes(),
                whole.checks(),
                whole.findings(),
                whole.problems(),
                whole.timeline(),
                whole.environment(),
                whole.teardown(),
                Optional.of(proof),
                PROGRAMME,
                Approval.declared(whole.request().runbook()),
                LOG);
    }

    private static DrillRecord record(
            Verdict verdict, List<CheckResult> more, List<Problem> problems, List<Finding> findings) {
        return record(verdict, more, problems, findings, List.of());
    }

    /** A drill whose newest backup did not come back, and the one before it did. */
    public static DrillRecord walkedBack() {
        Problem problem = new Problem(
                "The dump cannot be read to its end, so it is cut short or damaged",
                "s3://acme-backups/odoo/db/2026-11-01T03.dump",
                "Let the backup job make a new one.");
        StoredObject newest = stored("odoo/db/2026-11-01T03.dump", 20_000_000, "2026-11-01T03:46:00Z");
        Backup bad = new Backup(
                Asset.DATABASE,
                source(Asset.DATABASE),
                newest,
                Reading.of(Instant.parse("2026-11-01T03:46:00Z"), "start of the dump, from its header"));
        CheckResult failed = new CheckResult(
                "restored-completely",
                "restore: database",
                Verdict.FAILED,
                at(10),
                at(12),
                observations("bytes", "20000000"),
                Optional.of(problem),
                List.of());
        Attempt attempt = new Attempt(
                1,
                Asset.DATABASE,
                Map.of(Asset.DATABASE, bad),
                problem,
                List.of(failed),
                Optional.of(new TeardownReceipt("first123", "/var/lib/muster/first123", true, at(13), List.of())));
        return record(Verdict.FAILED, List.of(), List.of(problem), List.of(), List.of(attempt));
    }

    private static DrillRecord record(
            Verdict verdict,
            List<CheckResult> more,
            List<Problem> problems,
            List<Finding> findings,
            List<Attempt> attempts) {
        StoredObject dump = stored("odoo/db/2026-11-01T02.dump", 48_211_034, "2026-11-01T02:46:31Z");
        StoredObject files = stored("odoo/filestore/2026-11-01T02.tar.zst", 812_330_112, "2026-11-01T02:51:08Z");
        StoredObject broken = stored("odoo/db/2026-11-01T01.dump", 20_000_000, "2026-11-01T01:46:00Z");
        Reading dumped = Reading.of(
                Instant.parse("2026-11-01T02:46:00Z"),
                "start of the dump, from its header, clock of the dumper in UTC");
        Reading copied = Reading.of(Instant.parse("2026-11-01T02:48:10Z"), "newest file in the archive");
        List<CheckResult> checks = new ArrayList<>(List.of(
                check("dump-decodes", "database-integrity", 30.1, observations("entries decoded", "1,204")),
                check(
                        "indexes-valid",
                        "database-integrity",
                        31.5,
                        observations("indexes", "388", "invalid", "0", "checked with amcheck", "388"))));
        checks.addAll(more);
        return new DrillRecord(
                DRILL,
                request(),
                at(-0.4),
                at(0),
                at(52.6),
                verdict,
                Optional.of(new RecoveryPoint(
                        DISASTER,
                        Map.of(
                                Asset.DATABASE, new Backup(Asset.DATABASE, source(Asset.DATABASE), dump, dumped),
                                Asset.FILESTORE, new Backup(Asset.FILESTORE, source(Asset.FILESTORE), files, copied)),
                        List.of(
                                new Candidate(
                                        Asset.DATABASE, dump, dumped, true, true, "It is the newest complete one."),
                                new Candidate(
                                        Asset.DATABASE,
                                        broken,
                                        Reading.none("the header is cut off"),
                                        false,
                                        false,
                                        "It ends after 20,000,000 of 48,100,200 bytes that its listing promises."),
                                new Candidate(
                                        Asset.FILESTORE,
                                        files,
                                        copied,
                                        true,
                                        true,
                                        "It belongs to the chosen dump.")))),
                attempts,
                List.of(
                        new ObjectRead(
                                Asset.DATABASE,
                                dump,
                                DIGEST,
                                48_211_034,
                                "No digest was made together with this backup, so only the vault vouches for it.",
                                Optional.of(dump)),
                        new ObjectRead(
                                Asset.FILESTORE,
                                files,
                                DIGEST,
                                812_330_112,
                                "The SHA-256 beside the backup was compared and is the same.",
                                Optional.empty())),
                Map.of(
                        Asset.DATABASE,
                                new Readings(
                                        dumped,
                                        dumped,
                                        Reading.of(Instant.parse("2026-11-01T02:44:19Z"), "newest row of sale_order")),
                        Asset.FILESTORE, new Readings(copied, Reading.none("archives hold no such proof"), copied)),
                Optional.of(Duration.ofSeconds(130)),
                figure(
                        Duration.ofHours(1),
                        Duration.ofMinutes(14),
                        "disaster instant minus the proven point of the worst asset"),
                figure(
                        Duration.ofHours(4),
                        Duration.ofMillis(49_120),
                        "disaster instant to the moment the last check passed"),
                processes(verdict),
                checks,
                findings,
                problems,
                List.of(
                        new TimelineEntry(Stage.PLAN, "list the vaults and choose", at(0.1), at(1.9)),
                        new TimelineEntry(Stage.OPEN, "start PostgreSQL 15", at(1.9), at(3.2)),
                        new TimelineEntry(Stage.FETCH, "odoo/db/2026-11-01T02.dump", at(3.2), at(9.8)),
                        new TimelineEntry(Stage.FETCH, "odoo/filestore/2026-11-01T02.tar.zst", at(3.3), at(22.5)),
                        new TimelineEntry(Stage.RESTORE, "database", at(9.8), at(28.7)),
                        new TimelineEntry(Stage.RESTORE, "filestore", at(22.5), at(29.9)),
                        new TimelineEntry(Stage.CHECK, "database-integrity", at(30.0), at(41.0)),
                        new TimelineEntry(Stage.CHECK, "filestore-consistency", at(41.0), at(49.1)),
                        new TimelineEntry(Stage.CLOSE, "remove the scratch", at(49.2), at(51.0))),
                observations(
                        "machine", "2 cores, 8 GB, Linux 6.1",
                        "PostgreSQL", "15.18 (installed), pg_restore 15.18",
                        "differs from production: fsync", "off; times are those of a tuned scratch"),
                Optional.of(
                        new TeardownReceipt("scratch-7f3a", "/var/lib/muster/scratches/7f3a", true, at(51), List.of())),
                Optional.empty(),
                PROGRAMME,
                APPROVED,
                LOG);
    }

    private static Map<String, ProcessFigures> processes(Verdict verdict) {
        Map<String, ProcessFigures> processes = new LinkedHashMap<>();
        processes.put(
                "order-capture",
                new ProcessFigures(
                        figure(
                                Duration.ofMinutes(15),
                                verdict == Verdict.FAILED ? Duration.ofSeconds(941) : Duration.ofSeconds(840),
                                "disaster instant minus the newest row of the process"),
                        figure(Duration.ofHours(2), Duration.ofMillis(41_003), "disaster instant to the last proof")));
        processes.put(
                "warehouse",
                new ProcessFigures(
                        new Figure(
                                Optional.of(Duration.ofMinutes(15)),
                                Optional.empty(),
                                "the watermark query found no row",
                                Map.of()),
                        figure(Duration.ofHours(2), Duration.ofMillis(49_120), "disaster instant to the last proof")));
        return processes;
    }

    private static Figure figure(Duration target, Duration achieved, String formula) {
        return new Figure(
                Optional.of(target),
                Optional.of(achieved),
                formula,
                observations(
                        "disaster",
                        DISASTER.toString(),
                        "until",
                        DISASTER.plus(achieved).toString()));
    }

    static CheckResult check(String name, String step, double second, Map<String, String> observations) {
        return new CheckResult(
                name, step, Verdict.PASSED, at(second), at(second + 1.25), observations, Optional.empty(), List.of());
    }

    static Map<String, String> observations(String... namesAndValues) {
        Map<String, String> observations = new LinkedHashMap<>();
        for (int index = 0; index < namesAndValues.length; index += 2) {
            observations.put(namesAndValues[index], namesAndValues[index + 1]);
        }
        return observations;
    }

    private static Instant at(double seconds) {
        return DISASTER.plusMillis((long) (seconds * 1000));
    }

    private static StoredObject stored(String key, long size, String modified) {
        return new StoredObject(
                "primary",
                "acme-backups",
                key,
                size,
                "9b2cf535f27731c974343645a3985328",
                Optional.of("3HL4kqtJlcpXroDTDmJrmSpXd3dIbrHY"),
                Instant.parse(modified));
    }

    private static BackupSource source(Asset asset) {
        return new BackupSource(
                asset,
                "primary",
                asset == Asset.DATABASE ? BackupFormat.PG_DUMP : BackupFormat.TAR,
                "odoo/" + asset.label() + "/",
                Optional.empty(),
                asset == Asset.DATABASE ? Selection.NEWEST : Selection.MATCHING,
                ZoneOffset.UTC,
                Optional.empty());
    }

    private static final Rule ORDERS_HAVE_LINES = new Rule(
            "orders-have-lines",
            "select id from sale_order where not exists (select from sale_order_line l where l.order_id = sale_order.id)",
            Expectation.NONE,
            "An order without lines cannot be delivered.",
            Optional.empty(),
            Duration.ofSeconds(30));

    private static DrillRequest request() {
        Runbook runbook = new Runbook(
                "odoo-monthly",
                "Monthly full restore of the distribution ERP",
                "odoo-distribution",
                "platform-team",
                Scenario.REGIONAL_LOSS,
                Optional.empty(),
                new Objectives(Duration.ofHours(1), Duration.ofHours(4)),
                Map.of(
                        "order-capture",
                        new BusinessProcess(
                                "order-capture",
                                new Objectives(Duration.ofMinutes(15), Duration.ofHours(2)),
                                Optional.of("select max(write_date) from sale_order"),
                                List.of("database-integrity"))),
                Map.of(Asset.DATABASE, source(Asset.DATABASE), Asset.FILESTORE, source(Asset.FILESTORE)),
                new ScratchPlan(ScratchPlan.Placement.LOCAL, 15, Duration.ofHours(2), OptionalLong.empty()),
                Map.of(),
                List.of(
                        new Step.Together(List.of(new Step.Restore(Asset.DATABASE), new Step.Restore(Asset.FILESTORE))),
                        new Step.Neutralise("odoo"),
                        new Step.Check("database-integrity", Map.of("sale_order", 1000L)),
                        new Step.Check("filestore-consistency", Map.of()),
                        new Step.Check("invariants", Map.of(), Optional.empty(), Map.of(), List.of(ORDERS_HAVE_LINES))),
                Optional.empty(),
                OptionalInt.empty(),
                GOVERNANCE,
                Optional.empty(),
                "runbooks/odoo-monthly.yaml",
                DIGEST,
                Optional.empty());
        return new DrillRequest(
                runbook,
                DISASTER,
                "operator@erp-host",
                DrillRequest.Trigger.OPERATOR,
                Map.of(),
                Map.of("objectives.rto", "4h"),
                Optional.empty());
    }
}
