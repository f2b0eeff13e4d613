package dev.muster.web.pages;

import dev.muster.catalog.Catalog;
import dev.muster.catalog.figures.DrillFigures;
import dev.muster.catalog.figures.Figures;
import dev.muster.catalog.figures.Measured;
import dev.muster.catalog.figures.Outcome;
import dev.muster.catalog.fleet.Fleets;
import dev.muster.catalog.news.Outbox;
import dev.muster.catalog.slot.Slots;
import dev.muster.catalog.slot.Watched;
import dev.muster.drill.Asset;
import dev.muster.drill.BusinessProcess;
import dev.muster.drill.DrillSummary;
import dev.muster.drill.Figure;
import dev.muster.drill.Governance;
import dev.muster.drill.News;
import dev.muster.drill.Objectives;
import dev.muster.drill.PlannedSlot;
import dev.muster.drill.ProcessFigures;
import dev.muster.drill.QueuedDrill;
import dev.muster.drill.Roll;
import dev.muster.drill.Runbook;
import dev.muster.drill.Scenario;
import dev.muster.drill.SchedulePlan;
import dev.muster.drill.ScratchPlan;
import dev.muster.drill.Stage;
import dev.muster.drill.Step;
import dev.muster.drill.Verdict;
import dev.muster.drill.Wish;
import dev.muster.evidence.report.Presentation;
import dev.muster.outlook.fleet.FleetStandings;
import dev.muster.outlook.management.Management;
import dev.muster.people.Person;
import dev.muster.people.Role;
import dev.muster.runbook.Misprint;
import dev.muster.runbook.library.Shelved;
import dev.muster.schedule.calendar.Calendars;
import dev.muster.schedule.fleet.Sampler;
import dev.muster.template.Pages;
import dev.muster.web.Listening;
import dev.muster.web.RehearsedDesk;
import dev.muster.web.Web;
import dev.muster.web.pages.management.ManagementPage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jdbi.v3.core.statement.PreparedBatch;

/** An estate of systems with a past, and its pages in a web server. */
final class SampleEstate implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-21T09:30:00Z");
    static final List<String> PROCESSES = List.of("order-capture", "warehouse", "invoicing");

    private final Catalog catalog;
    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private final HttpClient client = HttpClient.newHttpClient();

    final List<Shelved> shelf = new ArrayList<>();
    final RehearsedDesk desk = new RehearsedDesk(NOW, QueuedDrill.State.WAITING);
    final List<SettingsSeen.Group> settings = new ArrayList<>();
    private final Web web;

    SampleEstate(Catalog catalog, Calendars calendars, Role role) {
        this.catalog = catalog;
        StaticFiles files = new StaticFiles();
        Layout layout = new Layout(
                new Pages(), files, new Words(Presentation.USUAL, clock), "1.0.0", Optional.of("The organisation"));
        Slots slots = new Slots(catalog);
        Figures figures = new Figures(catalog);
        this.web = Web.start(
                Listening.plain("127.0.0.1", 0),
                request -> Optional.of(new Person("ada", "Ada Example", role.rights(), Person.Means.PASSWORD)),
                List.of(
                        files,
                        new Overview(layout, () -> shelf, figures, desk, slots),
                        new SystemPage(layout, () -> shelf, catalog, slots),
                        new ManagementPage(
                                layout, () -> shelf, new Management(catalog), new FleetStandings(new Fleets(catalog))),
                        new CalendarPage(layout, slots, () -> calendars, figures),
                        new FleetPages(layout, () -> shelf, new Fleets(catalog)),
                        new Runbooks(layout, () -> shelf),
                        new DeliveriesPage(new Outbox(catalog), List.of("dba"), layout),
                        new SettingsSeen(layout, () -> settings)),
                layout,
                clock);
    }

    int port() {
        return web.port();
    }

    String get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = answer(path);
        if (answer.statusCode() != 200) {
            throw new IOException(path + " answers " + answer.statusCode());
        }
        return answer.body();
    }

    HttpResponse<String> answer(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                        .header("Accept", "text/html")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** A runbook that promises a month. */
    static Runbook runbook(String name, String system, String sha256) {
        Map<String, BusinessProcess> processes = new LinkedHashMap<>();
        for (String process : PROCESSES) {
            processes.put(
                    process,
                    new BusinessProcess(
                            process,
                            new Objectives(Duration.ofMinutes(15), Duration.ofHours(2)),
                            Optional.empty(),
                            List.of("login")));
        }
        Governance none = Governance.NOT_DECLARED;
        return new Runbook(
                name,
                "Monthly full restore of " + system,
                system,
                "platform-team",
                Scenario.REGIONAL_LOSS,
                Optional.of(new SchedulePlan(
                        Optional.empty(),
                        Optional.of("first Sunday"),
                        LocalTime.of(3, 0),
                        ZoneOffset.UTC,
                        List.of("month-end-close"),
                        Duration.ZERO,
                        Optional.empty(),
                        SchedulePlan.WhenMissed.RUN,
                        SchedulePlan.Retry.NEVER)),
                new Objectives(Duration.ofHours(1), Duration.ofHours(4)),
                processes,
                Map.of(),
                new ScratchPlan(ScratchPlan.Placement.LOCAL, 15, Duration.ofHours(2), OptionalLong.empty()),
                Map.of(),
                List.of(
                        new Step.Together(List.of(new Step.Restore(Asset.DATABASE), new Step.Restore(Asset.FILESTORE))),
                        new Step.Neutralise("odoo"),
                        new Step.Check("database-integrity", Map.of())),
                Optional.empty(),
                OptionalInt.empty(),
                new Governance(
                        none.criticality(),
                        none.covers(),
                        none.exclusions(),
                        none.assumptions(),
                        none.classification(),
                        none.retain(),
                        none.planner(),
                        none.reviewer(),
                        none.approved(),
                        Optional.of(Duration.ofDays(31)),
                        false,
                        none.expected()),
                Optional.empty(),
                name + ".yaml",
                sha256,
                Optional.empty());
    }

    static Shelved shelved(Runbook runbook, Misprint... misprints) {
        return new Shelved(
                runbook.name(),
                Path.of("/etc/muster/runbooks", runbook.file()),
                Optional.of(runbook),
                List.of(misprints),
                NOW.minusSeconds(600));
    }

    /** A fleet whose slot, a day ago, called up these names. */
    void fleet(Runbook template, List<String> names) {
        Instant due = NOW.minus(Duration.ofDays(1));
        Slots slots = new Slots(catalog);
        Watched watched = new Watched(template.name(), template.system(), due, "", due);
        slots.watch(watched);
        PlannedSlot slot = new PlannedSlot(template.name(), template.system(), due, due, Optional.empty());
        slots.sketch(watched, watched, Optional.empty(), List.of(slot), due);
        Sampler.Plan plan = new Sampler(new Fleets(catalog), clock).plan(template, due, Roll.of(names), Calendars.NONE);
        new Fleets(catalog).keep(slots, slot.slot(), plan.sample(), plan.come(), due);
        shelf.add(shelved(template));
    }

    static QueuedDrill running(String drill, String runbook, String system) {
        return new QueuedDrill(
                drill,
                runbook,
                system,
                Optional.empty(),
                1,
                NOW.minusSeconds(700),
                "ada",
                dev.muster.drill.DrillRequest.Trigger.OPERATOR,
                Wish.of(runbook),
                QueuedDrill.State.RUNNING,
                Optional.empty(),
                Optional.of("one"),
                Optional.of(NOW.minusSeconds(660)),
                Optional.empty(),
                Optional.empty());
    }

    /** Drills of systems that end one a month, the last one some days ago. */
    void remember(String system, String runbook, String sha256, int drills, Duration lastAgo, String lastVerdict) {
        catalog.together(handle -> {
            PreparedBatch batch =
                    handle.prepareBatch("insert into drill (id, runbook, system, planned, started, finished,"
                            + " verdict, disaster, rpo_seconds, rto_seconds, summary, runbook_sha256) values (:id, :runbook,"
                            + " :system, :at, :at, :at, :verdict, :at, :rpo, :rto, 'sample', :sha256)");
            PreparedBatch figures = handle.prepareBatch("insert into drill_process (drill, name, rpo_target,"
                    + " rpo_seconds, rpo_formula, rto_target, rto_seconds, rto_formula) values (:drill, :name,"
                    + " :target, :rpo, 'the disaster instant minus the proven point of the worst asset', :limit, :rto,"
                    + " 'from the disaster instant to the last check that passed')");
            for (int drill = 0; drill < drills; drill++) {
                Instant at = NOW.minus(lastAgo).minus(Duration.ofDays(30L * drill));
                String id = at.toString().substring(0, 10) + "-" + system + "-" + drill;
                int wobble = Math.floorMod((system + drill).hashCode(), 1000);
                boolean failed = drill == 0 && !lastVerdict.equals("PASSED");
                boolean measured = !failed || wobble % 2 == 0;
                batch.bind("id", id)
                        .bind("runbook", runbook)
                        .bind("system", system)
                        .bind("at", at.atOffset(ZoneOffset.UTC))
                        .bind("verdict", failed ? lastVerdict : "PASSED")
                        .bind("rpo", measured ? Double.valueOf(300 + wobble * (failed ? 6 : 2)) : null)
                        .bind("rto", measured ? Double.valueOf(4000 + wobble * (failed ? 12 : 6)) : null)
                        .bind("sha256", sha256)
                        .add();
                for (String process : List.of("", "order-capture", "warehouse", "invoicing")) {
                    figures.bind("drill", id)
                            .bind("name", process)
                            .bind("target", process.isEmpty() ? 3600 : 900)
                            .bind("rpo", 120 + wobble)
                            .bind("limit", process.isEmpty() ? 14400 : 7200)
                            .bind("rto", 3000 + wobble * 5)
                            .add();
                }
            }
            batch.execute();
            return figures.execute();
        });
    }

    /** Monthly drills of a system that takes longer each time. */
    void growing(String system, String runbook, int drills) {
        Figures figures = new Figures(catalog);
        for (int drill = drills; drill > 0; drill--) {
            Instant at = NOW.minus(Duration.ofDays(30L * drill));
            Duration rto = Duration.ofSeconds(7200 + (drills - drill) * 300L + 90L * (drill * 7 % 5));
            Duration rpo = Duration.ofMinutes(20 + drill * 3 % 7);
            String id = at.toString().substring(0, 10) + "-" + system;
            catalog.remember(new DrillSummary(
                    id,
                    runbook,
                    system,
                    at,
                    Optional.of(at),
                    Optional.of(at),
                    Optional.of(Verdict.PASSED),
                    at,
                    Optional.of(rpo),
                    Optional.of(rto),
                    "sample",
                    Optional.empty()));
            figures.remember(new DrillFigures(
                    new Outcome(
                            id,
                            runbook,
                            system,
                            at,
                            Verdict.PASSED,
                            Optional.of(rpo),
                            Optional.of(rto),
                            Optional.of("a".repeat(64))),
                    new Measured(
                            Optional.of(new ProcessFigures(
                                    new Figure(Optional.of(Duration.ofHours(1)), Optional.of(rpo), "loss", Map.of()),
                                    new Figure(Optional.of(Duration.ofHours(4)), Optional.of(rto), "time", Map.of()))),
                            Map.of()),
                    Map.of(Stage.FETCH, rto.dividedBy(3), Stage.RESTORE, rto.dividedBy(2)),
                    OptionalLong.of(80_000_000_000L + (drills - drill) * 3_000_000_000L),
                    Optional.of("8 processors, 32 GiB, Linux amd64")));
        }
    }

    /** The coming slots of a runbook, one a day. */
    void plan(String runbook, String system, int days) {
        List<PlannedSlot> planned = new ArrayList<>();
        for (int day = 1; day <= days; day++) {
            Instant due = NOW.plus(Duration.ofDays(day));
            planned.add(new PlannedSlot(runbook, system, due, due, Optional.empty()));
        }
        Slots slots = new Slots(catalog);
        Watched before = new Watched(runbook, system, NOW, "", NOW);
        slots.watch(before);
        slots.sketch(before, before, Optional.empty(), planned, NOW);
    }

    @Override
    public void close() {
        web.close();
        catalog.close();
    }

    /** Has a receiver told that a system is overdue. */
    void overdue(String system) {
        Instant now = Instant.parse("2026-11-21T12:00:00Z");
        new Outbox(catalog)
                .put(
                        "news-" + system.length(),
                        new News(
                                News.Kind.OVERDUE,
                                system,
                                Optional.of(system),
                                Optional.empty(),
                                now,
                                "Overdue: " + system,
                                Optional.empty()),
                        List.of("dba"),
                        now);
    }
}
