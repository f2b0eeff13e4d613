package dev.muster.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.muster.backup.Vaults;
import dev.muster.catalog.Catalog;
import dev.muster.catalog.fleet.Fleets;
import dev.muster.catalog.news.Outbox;
import dev.muster.catalog.slot.Slots;
import dev.muster.catalog.slot.Watched;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.DrillSummary;
import dev.muster.drill.EventKind;
import dev.muster.drill.News;
import dev.muster.drill.PlannedSlot;
import dev.muster.drill.Problem;
import dev.muster.drill.QueuedDrill;
import dev.muster.drill.Roll;
import dev.muster.drill.Runbook;
import dev.muster.drill.Secret;
import dev.muster.drill.Slot;
import dev.muster.drill.Teller;
import dev.muster.drill.Verdict;
import dev.muster.evidence.Evidence;
import dev.muster.ledger.Ledger;
import dev.muster.orchestrator.Openings;
import dev.muster.orchestrator.Planner;
import dev.muster.orchestrator.Reaper;
import dev.muster.people.People;
import dev.muster.people.Right;
import dev.muster.people.SessionRules;
import dev.muster.runbook.RunbookReader;
import dev.muster.runbook.library.Library;
import dev.muster.schedule.RunbookFolder;
import dev.muster.schedule.calendar.Calendars;
import dev.muster.schedule.fleet.Sampler;
import dev.muster.scratch.Scratches;
import dev.muster.signing.SigningKeys;
import dev.muster.template.Templates;
import dev.muster.web.Part;
import dev.muster.web.RehearsedDesk;
import dev.muster.web.Visitors;
import dev.muster.web.Web;
import dev.muster.web.stream.Streams;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** What the API answers is what its document says, and what does not belong into a request is refused. */
class ApiTest {
    private static final Instant PLANNED = Instant.parse("2026-11-01T03:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String CRM = """
            apiVersion: muster.dev/v1
            name: crm-monthly
            title: Monthly restore of the CRM
            system: crm
            owner: platform-team
            scenario: regional-loss
            objectives: { rpo: 1h, rto: 1h }
            backups:
              database: { vault: primary, format: pg-dump, prefix: crm/, select: newest }
            scratch: { postgres: 15 }
            steps:
              - restore: database
            """;

    @TempDir
    static Path folder;

    private static Web web;
    private static Streams streams;
    private static Visitors visitors;
    private static JsonNode document;

    @BeforeAll
    static void start() throws Exception {
        Clock clock = Clock.systemUTC();
        Catalog catalog = Catalog.open("jdbc:h2:file:" + folder.resolve("catalog"));
        fleet(catalog, clock);
        Ledger ledger = Ledger.open(folder.resolve("ledger"), clock);
        ledger.append(EventKind.MISSED, "shop-monthly-1", Map.of("system", "shop"));
        ledger.append(EventKind.ACTED, "", Map.of("by", "kim"));
        SigningKeys keys = SigningKeys.init(folder.resolve("keys"));
        for (int number = 1; number <= 5; number++) {
            catalog.remember(drill(number));
        }
        Files.createDirectories(folder.resolve("runbooks"));
        Files.writeString(folder.resolve("runbooks/bad.yaml"), "name: bad\nsteps: 7\n");
        Files.writeString(folder.resolve("runbooks/crm.yaml"), CRM);
        for (int month = 12; month > 0; month--) {
            catalog.remember(growing(month, clock.instant().minus(Duration.ofDays(30L * month))));
        }
        Scratches scratches = new Scratches(folder, Optional.empty(), Optional.empty(), clock);
        RunbookReader reader = RunbookFolder.reader();
        Vaults vaults = new Vaults(List.of(), name -> new Secret(""), clock);
        RehearsedDesk desk = new RehearsedDesk(clock.instant(), QueuedDrill.State.WAITING);
        Part api = Api.of(
                desk,
                new Library(folder.resolve("runbooks"), reader, clock),
                reader,
                new Planner(vaults, scratches, new Openings(vaults, Map.of(), (runbook, opening) -> Map.of()), folder),
                catalog,
                ledger,
                () -> ledger.checkpoint(keys),
                new Evidence(new Templates(Optional.empty()), List::of),
                folder.resolve("evidence"),
                (period, output) -> write(output),
                new Reaper(scratches, ledger, catalog, Teller.SILENT, clock),
                (from, to) -> List.of(
                        new Slot("shop-monthly", "shop", from, Slot.State.COMING, Optional.empty(), Optional.empty())),
                List::of,
                new People(catalog, ledger, SessionRules.USUAL, clock).audit(),
                clock);
        new Outbox(catalog)
                .put(
                        "news-1",
                        new News(
                                News.Kind.OVERDUE,
                                "shop",
                                Optional.of("shop"),
                                Optional.empty(),
                                PLANNED,
                                "It is overdue",
                                Optional.of(new Problem("It is overdue", "shop", "Start a drill."))),
                        List.of("dba"),
                        PLANNED);
        streams = new Streams(desk, clock);
        web = Web.start(
                "127.0.0.1",
                0,
                Visitors.gate(),
                List.of(
                        api,
                        streams,
                        new Health(List.of(), PATIENCE, clock),
                        new MetricsRoute(accept -> new MetricsRoute.Text("text/plain", ""))));
        visitors = Visitors.of(web);
        document =
                JSON.readTree(visitors.send(visitors.request("/openapi.json")).body());
    }

    private static void fleet(Catalog catalog, Clock clock) throws Exception {
        Runbook template = new RunbookFolder(folder.resolve("runbooks")).template("tenants");
        Sampler.Plan plan = new Sampler(new Fleets(catalog), clock)
                .plan(template, PLANNED, Roll.of(List.of("alpha", "beta", "../x")), Calendars.NONE);
        Slots slots = new Slots(catalog);
        Watched watched = new Watched("tenants", template.system(), PLANNED, "", PLANNED);
        slots.watch(watched);
        PlannedSlot slot = new PlannedSlot("tenants", template.system(), PLANNED, PLANNED, Optional.empty());
        slots.sketch(watched, watched, Optional.empty(), List.of(slot), PLANNED);
        new Fleets(catalog).keep(slots, slot.slot(), plan.sample(), plan.come(), PLANNED);
    }

    private static void write(Path output) {
        try {
            Files.writeString(output, "pack");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static DrillSummary growing(int monthsAgo, Instant at) {
        return new DrillSummary(
                "crm-" + monthsAgo,
                "crm-monthly",
                "crm",
                at,
                Optional.of(at),
                Optional.of(at),
                Optional.of(Verdict.PASSED),
                at,
                Optional.empty(),
                Optional.of(Duration.ofSeconds(2200 - 100 * monthsAgo + monthsAgo % 3)),
                "a drill",
                Optional.empty());
    }

    private static DrillSummary drill(int number) {
        return new DrillSummary(
                "shop-monthly-" + number,
                "shop-monthly",
                "shop",
                PLANNED.plus(Duration.ofDays(number / 2)),
                Optional.empty(),
                Optional.of(PLANNED.plus(Duration.ofDays(number))),
                Optional.of(number % 2 == 0 ? Verdict.FAILED : Verdict.PASSED),
                PLANNED,
                Optional.of(Duration.ofMillis(1500)),
                Optional.empty(),
                "a drill",
                number == 5 ? Optional.of("/etc/hostname") : Optional.empty());
    }

    @AfterAll
    static void stop() {
        streams.close();
        web.close();
    }

    @Test
    void every_route_is_in_the_document_with_its_right_and_the_other_way_round() {
        Set<String> described = new TreeSet<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(operation -> !operation.getKey().equals("parameters"))
                        .forEach(operation ->
                                described.add(operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey() + " "
                                        + operation
                                                .getValue()
                                                .path("security")
                                                .path(0)
                                                .path("session")
                                                .path(0)
                                                .asString("open"))));

        assertThat(new TreeSet<>(web.routes())).isEqualTo(described);
    }

    @Test
    void answers_are_as_the_document_says() throws Exception {
        for (String path : List.of(
                "/health",
                "/ready",
                "/api/v1/me",
                "/api/v1/overview",
                "/api/v1/systems",
                "/api/v1/runbooks",
                "/api/v1/drills",
                "/api/v1/ledger",
                "/api/v1/ledger/checkpoint",
                "/api/v1/ledger/verify",
                "/api/v1/schedule",
                "/api/v1/deliveries",
                "/api/v1/scratches")) {
            conforms(path, path, "get", "200", visitors.get(path), 200);
        }
        conforms(
                "/api/v1/systems/{system}/forecast",
                "forecast",
                "get",
                "200",
                visitors.get("/api/v1/systems/crm/forecast"),
                200);
        conforms("/api/v1/runbooks/{runbook}", "bad runbook", "get", "200", visitors.get("/api/v1/runbooks/bad"), 200);
        conforms(
                "/api/v1/drills/{drill}",
                "past drill",
                "get",
                "200",
                visitors.get("/api/v1/drills/shop-monthly-2"),
                200);
        conforms("/api/v1/fleets", "fleets", "get", "200", visitors.get("/api/v1/fleets"), 200);
        for (String part : List.of("", "/tenants?limit=1&state=never_proven", "/samples")) {
            conforms(
                    "/api/v1/fleets/{fleet}" + part.replaceFirst("[?].*", ""),
                    "fleet" + part,
                    "get",
                    "200",
                    visitors.get("/api/v1/fleets/tenants" + part),
                    200);
        }
        assertThat(visitors.get("/api/v1/fleets/shop-monthly").statusCode()).isEqualTo(404);
        conforms("/api/v1/ledger/verify", "verified", "post", "200", visitors.post("/api/v1/ledger/verify", ""), 200);
        HttpResponse<String> started = visitors.send(visitors.allowed("/api/v1/drills")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "k1")
                .POST(BodyPublishers.ofString("{\"runbook\": \"shop-monthly\", \"keep\": \"2h\"}")));
        conforms("/api/v1/drills", "start", "post", "202", started, 202);
        String drill = started.headers().firstValue("Location").orElseThrow();
        conforms("/api/v1/drills/{drill}", "queued drill", "get", "200", visitors.get(drill), 200);
        assertThat(visitors.post(drill + "/approve", "").statusCode()).isEqualTo(403);
        conforms("/api/v1/drills/{drill}/cancel", "cancel", "post", "200", visitors.post(drill + "/cancel", "{}"), 200);
    }

    private static void conforms(
            String path, String of, String method, String status, HttpResponse<String> answer, int expected) {
        assertThat(answer.statusCode()).as(of + ": " + answer.body()).isEqualTo(expected);
        JsonNode schema = document.at("/paths/" + path.replace("/", "~1") + "/" + method + "/responses/" + status
                + "/content/application~1json/schema");
        assertThat(schema.isMissingNode()).as(of).isFalse();
        Schema described = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(JsonNodeFactory.instance
                        .objectNode()
                        .put("$ref", schema.path("$ref").asString())
                        .set("components", document.path("components")));
        assertThat(described.validate(JSON.readTree(answer.body()))).as(of).isEmpty();
    }

    @Test
    void what_grows_is_forecast_and_what_has_hardly_been_drilled_is_not() throws Exception {
        JsonNode forecast = JSON.readTree(
                        visitors.get("/api/v1/systems/crm/forecast").body())
                .path("forecast");

        assertThat(forecast).singleElement().satisfies(one -> {
            assertThat(one.path("figure").asString()).isEqualTo("rto");
            assertThat(one.path("targetSeconds").asInt()).isEqualTo(3600);
            assertThat(Instant.parse(one.path("breach").asString())).isAfter(Instant.now());
            assertThat(one.path("formula").asString()).contains("from 12 drills, crm-12");
        });
        assertThat(visitors.get("/api/v1/systems/nobody/forecast").statusCode()).isEqualTo(404);
    }

    @Test
    void drills_are_read_page_by_page_each_once() throws Exception {
        List<String> names = new ArrayList<>();
        String next = "/api/v1/drills?limit=2&system=shop";
        while (!next.isEmpty()) {
            JsonNode page = JSON.readTree(visitors.get(next).body());
            page.path("drills").forEach(drill -> names.add(drill.path("drill").asString()));
            next = page.path("next").asString("");
        }
        assertThat(names)
                .containsExactly(
                        "shop-monthly-5", "shop-monthly-4", "shop-monthly-3", "shop-monthly-2", "shop-monthly-1");
        assertThat(visitors.get("/api/v1/drills?verdict=failed&from=2026-11-02").body())
                .contains("shop-monthly-4", "shop-monthly-2")
                .doesNotContain("shop-monthly-3");
    }

    @Test
    void requests_that_hold_what_does_not_belong_there_are_refused() throws Exception {
        for (String body : List.of(
                "{\"runbook\": \"a\", \"runbok\": \"b\"}",
                "{\"runbook\": \"a\", \"runbook\": \"b\"}",
                "{\"runbook\": \"../a\"} trailing",
                "{\"runbook\": 7}",
                "{\"runbook\": null}",
                "{\"runbook\": \"a\", \"keep\": \"for ever\"}",
                "{\"runbook\": \"a\", \"at\": \"yesterday\"}",
                "{\"runbook\": \"a\", \"set\": {\"x\": null}}",
                "[".repeat(5000),
                "null",
                "")) {
            HttpResponse<String> refused =
                    visitors.send(visitors.as("p" + body.hashCode(), "/api/v1/drills", EnumSet.of(Right.START))
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(body)));
            assertThat(refused.statusCode()).as(body + refused.body()).isEqualTo(422);
            assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
        }
        assertThat(visitors.send(visitors.allowed("/api/v1/drills")
                                .header("Content-Type", "text/plain")
                                .POST(BodyPublishers.ofString("{}")))
                        .statusCode())
                .isEqualTo(415);
        for (String query : List.of(
                "limit=0",
                "limit=99999999999999999999",
                "limit=x",
                "verdict=GOOD",
                "from=x",
                "other=1",
                "limit=1&limit=2")) {
            assertThat(visitors.get("/api/v1/drills?" + query).statusCode())
                    .as(query)
                    .isEqualTo(422);
        }
    }

    @Test
    void no_name_leads_to_a_file_and_no_bundle_from_elsewhere_is_handed_out() throws Exception {
        for (String name : List.of("..%2f..%2fetc%2fpasswd", "%2e%2e", "a%00b", "x".repeat(200))) {
            assertThat(visitors.get("/api/v1/drills/" + name + "/evidence").statusCode())
                    .as(name)
                    .isIn(400, 404);
            assertThat(visitors.get("/api/v1/runbooks/" + name).statusCode())
                    .as(name)
                    .isIn(400, 404);
        }
        HttpResponse<String> elsewhere = visitors.get("/api/v1/drills/shop-monthly-5/evidence");
        assertThat(elsewhere.statusCode()).isEqualTo(503);
        assertThat(visitors.get("/api/v1/drills/shop-monthly-1/evidence").statusCode())
                .isEqualTo(404);
    }

    @Test
    void the_audit_log_is_for_those_who_audit() throws Exception {
        assertThat(visitors.get("/api/v1/ledger").body()).contains("ACTED");
        assertThat(visitors.send(visitors.as("sam", "/api/v1/ledger", EnumSet.of(Right.READ)))
                        .body())
                .contains("MISSED")
                .doesNotContain("ACTED");
    }

    @Test
    void a_pack_is_sent_and_not_left_behind() throws Exception {
        assertThat(visitors.get("/api/v1/export?from=2026-01-01&to=2026-03-31").body())
                .isEqualTo("pack");
        assertThat(visitors.get("/api/v1/export?from=2026-01-01").statusCode()).isEqualTo(422);
        assertThat(visitors.get("/api/v1/export?from=2026-03-31&to=2026-01-01").statusCode())
                .isEqualTo(422);
    }

    @Test
    void who_is_not_ready_says_by_which_probe_and_not_why() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        Health health = new Health(
                List.of(
                        new Health.Probe("well", () -> true),
                        new Health.Probe("unable", () -> {
                            throw new CouldNotRun(new Problem("A secret reason", "", ""));
                        }),
                        new Health.Probe("hanging", () -> {
                            asked.incrementAndGet();
                            return waited(end);
                        })),
                Duration.ofMillis(50),
                Clock.systemUTC());
        try (Web unwell = Web.start("127.0.0.1", 0, Visitors.gate(), List.of(health))) {
            Visitors own = Visitors.of(unwell);
            own.send(own.request("/ready"));
            HttpResponse<String> ready = own.send(own.request("/ready"));
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body())
                    .isEqualTo("{\"ready\":false,\"probes\":[{\"name\":\"well\",\"well\":true},"
                            + "{\"name\":\"unable\",\"well\":false},{\"name\":\"hanging\",\"well\":false}]}");
            assertThat(asked).as("who hangs is not asked again").hasValue(1);
            assertThat(own.send(own.request("/health")).statusCode()).isEqualTo(200);
        } finally {
            end.countDown();
        }
    }

    private static boolean waited(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return true;
    }
}
