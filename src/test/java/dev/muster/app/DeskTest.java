package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.muster.catalog.Catalog;
import dev.muster.catalog.slot.Slots;
import dev.muster.drill.EventKind;
import dev.muster.drill.LedgerEvent;
import dev.muster.drill.LiveDrill;
import dev.muster.drill.QueuedDrill;
import dev.muster.drill.QueuedDrill.State;
import dev.muster.drill.Refusal;
import dev.muster.drill.Stage;
import dev.muster.drill.Verdict;
import dev.muster.drill.Wish;
import dev.muster.schedule.Desk;
import dev.muster.schedule.Limits;
import dev.muster.schedule.queue.Shift;
import dev.muster.testing.Needs;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Drills that people ask for at the desk, with real backups behind it. */
@Needs({"pg_dump", "pg_restore"})
class DeskTest {
    private static final String STEPS = """
            - restore: database
            - check: database-integrity
            """;
    private static final String DATABASE = "database: { vault: primary, format: pg-dump, prefix: db/ }";
    private static final Duration LONGEST = Duration.ofSeconds(60);

    @TempDir
    static Path making;

    private static SmallEstate estate;

    @TempDir
    Path folder;

    private Playground playground;
    private Wiring wiring;
    private Catalog catalog;
    private Shift shift;
    private Desk desk;

    @BeforeAll
    static void makeBackups() throws Exception {
        estate = new SmallEstate(making);
    }

    @BeforeEach
    void open() throws Exception {
        playground = new Playground(folder);
        playground.runbook(STEPS, DATABASE);
        Files.writeString(
                folder.resolve("approved.yaml"),
                Files.readString(folder.resolve("trial.yaml"))
                        .replace("name: trial", "name: approved\napproval: required"));
        playground.s3.put(Playground.BUCKET, "db/shop.dump", estate.customDump());
        wiring = new Wiring(
                Settings.read(Optional.of(folder.resolve("muster.yaml")), Optional.empty(), Map.of()),
                Clock.systemUTC());
        catalog = Catalog.hold("jdbc:h2:file:" + folder.resolve("home/catalog"), Optional.empty(), Optional.empty());
        shift = shift(2, Duration.ofDays(1));
        desk = shift.desk();
    }

    @AfterEach
    void close() throws Exception {
        shift.end();
        catalog.close();
        wiring.close();
        playground.close();
    }

    private Shift shift(int atOnce, Duration approvalWithin) {
        Clock clock = Clock.systemUTC();
        return new Shift(
                catalog,
                new Slots(catalog),
                wiring.library(),
                wiring.runbooks(),
                wiring.conductor(),
                wiring.reaper(),
                wiring.ledger(),
                new Limits(atOnce, 8, Duration.ofSeconds(1), approvalWithin),
                clock);
    }

    private void starts() {
        shift.start(URI.create("http://127.0.0.1:1"));
    }

    private QueuedDrill ended(String drill) {
        await().atMost(LONGEST).until(() -> desk.find(drill).orElseThrow().state() == State.ENDED);
        return desk.find(drill).orElseThrow();
    }

    private List<LedgerEvent> events(String drill, EventKind kind) {
        return wiring.ledger().events().stream()
                .filter(event -> event.drill().equals(drill) && event.kind() == kind)
                .toList();
    }

    private static Refusal.Reason refused(Runnable asking) {
        return catchThrowableOfType(Refusal.class, asking::run).reason();
    }

    @Test
    void what_is_asked_for_is_drilled_watched_and_proven() {
        List<LiveDrill> seen = new CopyOnWriteArrayList<>();
        QueuedDrill asked = desk.ask(Wish.of("trial"), "anna", Optional.empty());
        assertThat(asked.state()).isEqualTo(State.WAITING);
        try (Desk.Watching watching = desk.watch(asked.drill(), seen::add)) {
            assertThat(watching).isNotNull();
            starts();
            QueuedDrill ended = ended(asked.drill());
            assertThat(ended.process()).contains(shift.process());
            await().atMost(LONGEST)
                    .until(() -> !seen.isEmpty()
                            && seen.get(seen.size() - 1).verdict().equals(Optional.of(Verdict.PASSED)));
        }

        assertThat(catalog.find(asked.drill()))
                .get()
                .satisfies(drill -> assertThat(drill.verdict()).contains(Verdict.PASSED));
        LiveDrill last = desk.live(asked.drill()).orElseThrow();
        assertThat(last.stages())
                .extracting(LiveDrill.StageSpan::stage)
                .startsWith(Stage.PLAN, Stage.OPEN, Stage.FETCH, Stage.RESTORE)
                .endsWith(Stage.CLOSE, Stage.CONCLUDE);
        assertThat(last.stages()).allMatch(span -> span.to().isPresent());
        assertThat(last.works()).anyMatch(work -> work.total() > 0 && work.done() == work.total());
        assertThat(last.lines()).extracting(LiveDrill.Line::text).contains("drill " + asked.drill());
        assertThat(events(asked.drill(), EventKind.PLANNED))
                .singleElement()
                .satisfies(planned -> assertThat(planned.details())
                        .containsEntry("requested by", "anna")
                        .containsEntry("trigger", "OPERATOR"));
    }

    @Test
    void what_runs_is_stopped_with_evidence() throws Exception {
        playground.s3.remove(Playground.BUCKET, "db/shop.dump");
        playground.s3.put(Playground.BUCKET, "db/shop.sql", estate.plainDumpWith("SELECT pg_sleep(300);"));
        QueuedDrill asked = desk.ask(Wish.of("trial"), "anna", Optional.empty());
        starts();
        await().atMost(LONGEST)
                .until(() -> desk.live(asked.drill()).stream()
                        .flatMap(live -> live.stages().stream())
                        .anyMatch(span -> span.stage() == Stage.RESTORE));
        QueuedDrill second = desk.ask(Wish.of("trial"), "bert", Optional.empty());
        await().atMost(LONGEST)
                .until(() -> desk.find(second.drill())
                        .flatMap(QueuedDrill::waitsFor)
                        .equals(Optional.of("the drill " + asked.drill() + " of the same system runs")));

        desk.cancel(second.drill(), "bert", "");
        desk.cancel(asked.drill(), "carla", "the network is needed");
        assertThat(ended(asked.drill()).stop()).contains("carla: the network is needed");

        assertThat(catalog.find(asked.drill()).orElseThrow()).satisfies(drill -> {
            assertThat(drill.verdict()).contains(Verdict.ABORTED);
            assertThat(drill.summary()).contains("carla: the network is needed");
            assertThat(drill.bundle().map(Path::of).orElseThrow()).exists();
        });
        assertThat(desk.find(second.drill()).orElseThrow().state()).isEqualTo(State.WITHDRAWN);
        assertThat(wiring.reaper().openScratches()).isZero();
        assertThat(refused(() -> desk.cancel(asked.drill(), "carla", "once more")))
                .isEqualTo(Refusal.Reason.CONFLICT);
    }

    @Test
    void two_persons_agree_to_what_has_to_be_approved() throws Exception {
        QueuedDrill asked = desk.ask(Wish.of("approved"), "anna", Optional.empty());
        assertThat(asked.state()).isEqualTo(State.AWAITING_APPROVAL);

        assertThat(refused(() -> desk.approve(asked.drill(), "ANNA"))).isEqualTo(Refusal.Reason.NOT_ALLOWED);
        assertThat(desk.approve(asked.drill(), "bert").state()).isEqualTo(State.WAITING);
        assertThat(refused(() -> desk.approve(asked.drill(), "carla"))).isEqualTo(Refusal.Reason.CONFLICT);
        assertThat(events(asked.drill(), EventKind.APPROVED))
                .singleElement()
                .satisfies(approved -> assertThat(approved.details())
                        .containsEntry("by", "bert")
                        .containsEntry("asked by", "anna"));
        assertThat(desk.find(asked.drill()).flatMap(QueuedDrill::approvedBy)).contains("bert");
        starts();
        ended(asked.drill());
        String bundle = catalog.find(asked.drill()).orElseThrow().bundle().orElseThrow();
        assertThat(playground
                        .muster(
                                "verify",
                                bundle,
                                "--trust",
                                folder.resolve("home/keys").toString())
                        .exit())
                .isZero();
        try (FileSystem files = FileSystems.newFileSystem(Path.of(bundle))) {
            JsonNode people = JsonMapper.builder()
                    .build()
                    .readTree(Files.readString(files.getPath("evidence.json")))
                    .path("people");
            assertThat(people.path("operator").asString()).isEqualTo("anna");
            assertThat(people.path("startApprovedBy").asString()).isEqualTo("bert");
        }
    }

    @Test
    void what_nobody_approves_in_time_is_taken_back() throws Exception {
        shift.end();
        shift = shift(2, Duration.ofMillis(1));
        desk = shift.desk();
        QueuedDrill asked = desk.ask(Wish.of("approved"), "anna", Optional.empty());
        starts();

        await().atMost(LONGEST)
                .until(() -> desk.find(asked.drill()).orElseThrow().state() == State.WITHDRAWN);
        assertThat(desk.find(asked.drill()).flatMap(QueuedDrill::stop).orElseThrow())
                .startsWith("nobody approved it within");
    }

    @Test
    void no_more_run_at_once_than_the_limit_says() throws Exception {
        shift.end();
        shift = shift(1, Duration.ofDays(1));
        desk = shift.desk();
        Files.writeString(
                folder.resolve("other.yaml"),
                Files.readString(folder.resolve("trial.yaml"))
                        .replace("name: trial", "name: other")
                        .replace("trial-system", "other-system"));
        playground.s3.put(Playground.BUCKET, "db/shop.sql", estate.plainDumpWith("SELECT pg_sleep(300);"));
        QueuedDrill first = desk.ask(Wish.of("trial"), "anna", Optional.empty());
        QueuedDrill second = desk.ask(Wish.of("other"), "anna", Optional.empty());
        starts();

        await().atMost(LONGEST)
                .until(() -> desk.find(second.drill()).flatMap(QueuedDrill::waitsFor).stream()
                        .anyMatch(reason -> reason.contains("drills.atOnce")));
        assertThat(desk.find(first.drill()).orElseThrow().state()).isEqualTo(State.RUNNING);
        desk.cancel(second.drill(), "anna", "");
        desk.cancel(first.drill(), "anna", "");
        ended(first.drill());
    }

    @Test
    void nobody_sets_the_approval_aside_for_one_drill() {
        Wish wish = new Wish("approved", Optional.empty(), Map.of(), Map.of("objectives.rpo", "2h"), Optional.empty());

        assertThat(desk.ask(wish, "anna", Optional.empty()).state()).isEqualTo(State.AWAITING_APPROVAL);
    }

    @Test
    void asking_twice_with_one_key_is_asking_once_and_for_something_else_is_refused() {
        QueuedDrill first = desk.ask(Wish.of("trial"), "anna", Optional.of("key"));

        assertThat(desk.ask(Wish.of("trial"), "anna", Optional.of("key"))).isEqualTo(first);
        assertThat(desk.ask(Wish.of("trial"), "bert", Optional.of("key"))).isNotEqualTo(first);
        assertThat(refused(() -> desk.ask(Wish.of("approved"), "anna", Optional.of("key"))))
                .isEqualTo(Refusal.Reason.CONFLICT);
        assertThat(refused(() -> desk.ask(Wish.of("trial"), "anna", Optional.of(" "))))
                .isEqualTo(Refusal.Reason.INVALID);
    }

    @Test
    void what_makes_no_sense_is_refused_before_anything_begins() throws Exception {
        Files.writeString(folder.resolve("broken.yaml"), "apiVersion: muster.dev/v1\nname: broken\n");
        Instant later = Instant.now().plusSeconds(3600);

        assertThat(refused(() -> desk.ask(Wish.of("no-such"), "anna", Optional.empty())))
                .isEqualTo(Refusal.Reason.UNKNOWN);
        assertThat(refused(() -> desk.ask(Wish.of("../trial"), "anna", Optional.empty())))
                .isEqualTo(Refusal.Reason.UNKNOWN);
        assertThat(refused(() -> desk.ask(Wish.of("broken"), "anna", Optional.empty())))
                .isEqualTo(Refusal.Reason.INVALID);
        assertThat(refused(() -> desk.ask(wish(Optional.of(later), Map.of(), Map.of()), "anna", Optional.empty())))
                .isEqualTo(Refusal.Reason.INVALID);
        assertThat(refused(() ->
                        desk.ask(wish(Optional.empty(), Map.of("filestore", "x"), Map.of()), "anna", Optional.empty())))
                .isEqualTo(Refusal.Reason.INVALID);
        assertThat(refused(() ->
                        desk.ask(wish(Optional.empty(), Map.of(), Map.of("no.such", "x")), "anna", Optional.empty())))
                .isEqualTo(Refusal.Reason.INVALID);
        assertThat(refused(() -> desk.cancel("no-such", "anna", ""))).isEqualTo(Refusal.Reason.UNKNOWN);
        assertThat(desk.open()).isEmpty();
        assertThat(wiring.ledger().events())
                .filteredOn(event -> event.kind() == EventKind.REFUSED)
                .hasSize(2);
    }

    private static Wish wish(Optional<Instant> at, Map<String, String> backups, Map<String, String> overrides) {
        return new Wish("trial", at, backups, overrides, Optional.empty());
    }

    @Test
    void a_drill_that_cannot_be_planned_leaves_a_mark_all_the_same() throws Exception {
        QueuedDrill asked = desk.ask(Wish.of("trial"), "anna", Optional.empty());
        Files.delete(folder.resolve("trial.yaml"));
        await().until(() -> wiring.library().find("trial").isEmpty());
        starts();
        ended(asked.drill());

        assertThat(events(asked.drill(), EventKind.REFUSED))
                .singleElement()
                .satisfies(
                        refused -> assertThat(refused.details().get("reason")).contains("no runbook trial"));
        assertThat(catalog.find(asked.drill()).orElseThrow().verdict()).contains(Verdict.COULD_NOT_RUN);
    }
}
