package dev.muster.web.browser;

import dev.muster.backup.Vaults;
import dev.muster.catalog.Catalog;
import dev.muster.check.Checks;
import dev.muster.drill.DrillRecord;
import dev.muster.drill.DrillSummary;
import dev.muster.drill.EventKind;
import dev.muster.drill.LedgerEvent;
import dev.muster.drill.LiveDrill;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.drill.QueuedDrill;
import dev.muster.drill.Refusal;
import dev.muster.drill.Secret;
import dev.muster.drill.Stage;
import dev.muster.drill.Teller;
import dev.muster.drill.Verdict;
import dev.muster.drill.Wish;
import dev.muster.evidence.Evidence;
import dev.muster.evidence.Records;
import dev.muster.evidence.report.Presentation;
import dev.muster.ledger.Ledger;
import dev.muster.orchestrator.Openings;
import dev.muster.orchestrator.Planner;
import dev.muster.orchestrator.Reaper;
import dev.muster.orchestrator.followup.Exporting;
import dev.muster.orchestrator.followup.FollowingUp;
import dev.muster.people.Person;
import dev.muster.people.Right;
import dev.muster.people.Role;
import dev.muster.runbook.RunbookReader;
import dev.muster.runbook.library.Library;
import dev.muster.scratch.Scratches;
import dev.muster.signing.KeyRing;
import dev.muster.signing.KeyUse;
import dev.muster.signing.SigningKeys;
import dev.muster.signing.Validity;
import dev.muster.template.Pages;
import dev.muster.template.Templates;
import dev.muster.web.Gate;
import dev.muster.web.RehearsedDesk;
import dev.muster.web.Web;
import dev.muster.web.pages.Deeds;
import dev.muster.web.pages.Layout;
import dev.muster.web.pages.StaticFiles;
import dev.muster.web.pages.Words;
import dev.muster.web.pages.drill.DrillPages;
import dev.muster.web.pages.export.ExportPages;
import dev.muster.web.pages.ledger.LedgerPages;
import dev.muster.web.pages.scratch.ScratchPages;
import dev.muster.web.stream.Streams;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** The pages of drills over a real catalog, ledger and bundle, for people who are whom they say they are. */
final class Rehearsal implements AutoCloseable {
    static final Instant NOW = Instant.parse("2027-01-10T09:00:00Z");
    static final String FAILED = Records.failed().drill();
    static final Wish TRIAL = Wish.of("trial");
    static final String RUNNING = "trial-20270110-085900-runs";
    static final String AWAITING = "trial-20270110-085830-asks";

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    final RehearsedDesk desk = new RehearsedDesk(NOW, QueuedDrill.State.AWAITING_APPROVAL);
    final List<String> deeds = new CopyOnWriteArrayList<>();
    /** Whether drills can be watched as they run; else that is refused. */
    final AtomicBoolean streamed = new AtomicBoolean(true);

    private final Vaults vaults;
    private final Streams streams;
    private final Web web;

    Rehearsal(Path home) throws Exception {
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        KeyRing keys = new KeyRing(home.resolve("keys"), Map.of(), clock);
        SigningKeys.init(home.resolve("keys"));
        SigningKeys.init(home.resolve("keys"), KeyUse.LEDGER, Validity.ALWAYS);
        Catalog catalog = Catalog.open("jdbc:h2:file:" + home.resolve("catalog"));
        Ledger ledger =
                Ledger.open(home.resolve("ledger"), Clock.fixed(Records.failed().finished(), ZoneOffset.UTC));
        Evidence evidence = new Evidence(new Templates(Optional.empty()), List::of);
        remember(catalog, ledger, evidence, keys, home.resolve("evidence"));
        Scratches scratches = new Scratches(home, Optional.empty(), Optional.empty(), clock);
        vaults = new Vaults(List.of(), reference -> new Secret(""), clock);
        Files.createDirectories(home.resolve("runbooks"));
        Files.writeString(
                home.resolve("runbooks/trial.yaml"),
                Files.readString(Path.of("runbooks/postgres-only.yaml")).replaceFirst("(?m)^name: .*$", "name: trial"));
        Library library = new Library(
                home.resolve("runbooks"),
                new RunbookReader(Set.of("primary"), Checks.shipped(clock).groups()),
                clock);
        streams = new Streams(desk, clock);
        StaticFiles files = new StaticFiles();
        Layout layout = new Layout(
                new Pages(), files, new Words(Presentation.USUAL, clock), "0.1.0", Optional.of("Example Ltd"));
        Deeds noted = (request, action, on) -> deeds.add(Web.person(request).name() + " " + action.word() + " " + on);
        Reaper reaper = new Reaper(scratches, ledger, catalog, Teller.SILENT, clock);
        Path trusted = home.resolve("keys");
        web = Web.start(
                "127.0.0.1",
                0,
                gate(),
                List.of(
                        files,
                        new DrillPages(
                                desk,
                                library,
                                new Planner(
                                        vaults,
                                        scratches,
                                        new Openings(vaults, Map.of(), (runbook, opening) -> Map.of()),
                                        home),
                                catalog,
                                new FollowingUp(
                                        ledger,
                                        catalog,
                                        keys,
                                        Optional.empty(),
                                        Optional.empty(),
                                        home.resolve("evidence"),
                                        clock),
                                reaper,
                                trusted,
                                noted,
                                layout,
                                clock),
                        new LedgerPages(ledger, List.of("the folder /mnt/outside"), layout, clock),
                        new ScratchPages(reaper, noted, layout),
                        new ExportPages(
                                home.resolve("exports"),
                                new Exporting(
                                        ledger,
                                        catalog,
                                        evidence,
                                        keys,
                                        home.resolve("evidence"),
                                        () -> library.runbooks().stream()
                                                .flatMap(runbook -> runbook.good().stream())
                                                .toList()),
                                trusted,
                                noted,
                                layout,
                                clock),
                        streams));
        desk.put(RUNNING, TRIAL, "operator", QueuedDrill.State.RUNNING);
        desk.put(AWAITING, TRIAL, "operator", QueuedDrill.State.AWAITING_APPROVAL);
        desk.put("trial-20270110-085800-waits", TRIAL, "another", QueuedDrill.State.WAITING);
        desk.shows(picture(1));
    }

    String address() {
        return "http://127.0.0.1:" + web.port();
    }

    /** The drill that runs, after so many of its stages. */
    static LiveDrill picture(int stages) {
        List<Stage> begun =
                List.of(Stage.PLAN, Stage.OPEN, Stage.FETCH, Stage.RESTORE).subList(0, stages);
        Instant start = NOW.minusSeconds(60);
        return new LiveDrill(
                RUNNING,
                NOW.plusSeconds(stages),
                begun.stream()
                        .map(stage -> new LiveDrill.StageSpan(
                                stage,
                                start.plusSeconds(10L * begun.indexOf(stage)),
                                begun.indexOf(stage) == stages - 1
                                        ? Optional.empty()
                                        : Optional.of(start.plusSeconds(10L * begun.indexOf(stage) + 10))))
                        .toList(),
                List.of(
                        new LiveDrill.Work(
                                Stage.FETCH,
                                "odoo/db/nightly.dump",
                                300L << 20,
                                1200L << 20,
                                Progress.Unit.BYTES,
                                42e6),
                        new LiveDrill.Work(Stage.FETCH, "odoo/filestore.tar", 12L << 20, 0, Progress.Unit.BYTES, 3e6)),
                List.of(
                        new LiveDrill.Line(start, "stage plan"),
                        new LiveDrill.Line(start.plusSeconds(10), "stage <b>open</b>, " + stages)),
                3,
                Optional.empty());
    }

    private static void remember(Catalog catalog, Ledger ledger, Evidence evidence, KeyRing keys, Path folder)
            throws InterruptedException {
        DrillRecord record = Records.failed();
        ledger.append(EventKind.PLANNED, FAILED, Records.PLAN);
        ledger.append(EventKind.STARTED, FAILED, Map.of());
        List<LedgerEvent> events = ledger.events();
        Path bundle = evidence.write(
                record,
                events,
                ledger.prove(events, keys.ledger()),
                keys.evidence(),
                keys.ledger().publicKey(),
                folder);
        ledger.append(
                EventKind.FINISHED, FAILED, Map.of("verdict", "FAILED", "bundle sha256", Evidence.sha256(bundle)));
        ledger.append(EventKind.ACTED, "", Map.of("by", "admin", "action", "sign in", "on", "", "result", "done"));
        ledger.checkpoints().keep(ledger.checkpoint(keys.ledger()));
        catalog.remember(summary(FAILED, record.planned(), Verdict.FAILED, Optional.of(bundle.toString())));
        catalog.remember(
                summary("trial-20270109-030000-abcd", NOW.minusSeconds(100_000), Verdict.PASSED, Optional.empty()));
    }

    private static DrillSummary summary(String drill, Instant planned, Verdict verdict, Optional<String> bundle) {
        return new DrillSummary(
                drill,
                "trial",
                "trial-system",
                planned,
                Optional.of(planned),
                Optional.of(planned.plusSeconds(52)),
                Optional.of(verdict),
                planned,
                Optional.of(Duration.ofMinutes(13)),
                Optional.of(Duration.ofSeconds(50)),
                verdict == Verdict.PASSED ? "all checks passed" : "1 of 2 checks failed",
                bundle);
    }

    private Gate gate() {
        return request -> {
            if (request.path().endsWith("/events") && !streamed.get()) {
                throw new Refusal(Refusal.Reason.CONFLICT, new Problem("Too many watch", request.path(), "Wait."));
            }
            request.header("Content-Security-Policy", POLICY);
            request.attribute(Layout.CSRF, "a-token");
            return Optional.ofNullable(request.cookie("who"))
                    .or(() -> Optional.of("admin"))
                    .map(Rehearsal::person);
        };
    }

    private static Person person(String name) {
        Set<Right> rights = EnumSet.noneOf(Right.class);
        for (Role role : Role.values()) {
            if (name.toUpperCase(Locale.ROOT).equals(role.name())
                    || (name.equals("admin") && role == Role.ADMINISTRATOR)) {
                rights.addAll(role.rights());
            }
        }
        return new Person(name, name, rights, Person.Means.PASSWORD);
    }

    @Override
    public void close() {
        streams.close();
        web.close();
        vaults.close();
    }
}
