package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.catalog.Catalog;
import dev.muster.catalog.figures.DrillFigures;
import dev.muster.catalog.figures.Figures;
import dev.muster.catalog.figures.Measured;
import dev.muster.catalog.figures.Outcome;
import dev.muster.cli.Serving;
import dev.muster.drill.DrillSummary;
import dev.muster.drill.EventKind;
import dev.muster.drill.Figure;
import dev.muster.drill.ProcessFigures;
import dev.muster.drill.Secret;
import dev.muster.drill.Stage;
import dev.muster.drill.Verdict;
import dev.muster.people.Actor;
import dev.muster.people.People;
import dev.muster.people.Person;
import dev.muster.people.Right;
import dev.muster.people.Role;
import dev.muster.testing.Needs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What monitoring sees of a real service. */
class MonitoringTest {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    /** What is not there as long as nothing is wrong, or nobody is told. */
    private static final Set<String> EMPTY_HERE = Set.of("Until a target is missed");

    @TempDir
    static Path folder;

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static Playground playground;
    private static Wiring wiring;
    private static Serving serving;

    @BeforeAll
    static void serve() throws Exception {
        playground = new Playground(folder);
        Path runbook = playground.runbook(
                "- restore: database\n- check: database-integrity",
                "database: { vault: primary, format: pg-dump, prefix: db/ }");
        Files.writeString(
                runbook,
                Files.readString(runbook).replace("rto: 4h }", "rto: 4h, provenEvery: 40d }")
                        + "schedule: { cron: \"0 0 3 ? * SUN\", zone: UTC }\n");
        try (Catalog catalog = Catalog.open("jdbc:h2:file:" + folder.resolve("home/catalog"))) {
            remember(catalog);
        }
        Clock clock = Clock.systemUTC();
        wiring = new Wiring(
                Settings.read(Optional.of(folder.resolve("muster.yaml")), Optional.empty(), System.getenv()), clock);
        serving = wiring.serve(Optional.of(0));
        wiring.ledger().append(EventKind.ACTED, "", Map.of("by", "ada"));
        wiring.ledger()
                .checkpoints()
                .keep(wiring.ledger().checkpoint(wiring.keyRing().ledger()));
    }

    private static void remember(Catalog catalog) {
        Instant ended = Instant.now().minus(Duration.ofDays(2));
        catalog.remember(new DrillSummary(
                "trial-1",
                "trial",
                "trial-system",
                ended,
                Optional.of(ended),
                Optional.of(ended),
                Optional.of(Verdict.PASSED),
                ended,
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty()));
        Figure figure = new Figure(Optional.of(Duration.ofHours(1)), Optional.of(Duration.ofMinutes(5)), "", Map.of());
        ProcessFigures figures = new ProcessFigures(figure, figure);
        new Figures(catalog)
                .remember(new DrillFigures(
                        new Outcome(
                                "trial-1",
                                "trial",
                                "trial-system",
                                ended,
                                Verdict.PASSED,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()),
                        new Measured(Optional.of(figures), Map.of("orders", figures)),
                        Map.of(Stage.RESTORE, Duration.ofMinutes(1)),
                        OptionalLong.of(4711),
                        Optional.empty(),
                        ended,
                        1,
                        1,
                        Map.of(),
                        OptionalDouble.of(0.9)));
    }

    @AfterAll
    static void end() {
        serving.close();
        wiring.close();
        playground.close();
    }

    private static HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(serving.address().resolve(path)).header("Accept", "text/plain");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    @Needs({"prometheus", "promtool"})
    void prometheus_reads_it_and_every_panel_of_the_dashboard_finds_something() throws Exception {
        try (PrometheusServer prometheus = new PrometheusServer(folder, serving.address())) {
            await().atMost(LONGEST)
                    .ignoreExceptions()
                    .until(() -> !prometheus
                                    .query("rate(process_cpu_seconds_total{job=\"muster\"}[5m])")
                                    .isEmpty()
                            && !prometheus
                                    .query("muster_system_next_slot_timestamp_seconds")
                                    .isEmpty());
            Set<String> empty = new TreeSet<>();
            JsonNode dashboard =
                    JsonMapper.builder().build().readTree(Files.readString(Path.of("config/grafana/muster.json")));
            for (JsonNode panel : dashboard.path("panels")) {
                for (JsonNode target : panel.path("targets")) {
                    String query = target.path("expr").asString().replace("$system", ".*");
                    if (prometheus.query(query).isEmpty()) {
                        empty.add(panel.path("title").asString());
                    }
                }
            }
            assertThat(empty).isEqualTo(EMPTY_HERE);
            assertThat(prometheus
                            .get("/api/v1/label/system/values")
                            .valueStream()
                            .map(JsonNode::asString))
                    .containsExactly("trial-system");
            assertThat(prometheus.query("count by (alertname, alertstate) (ALERTS{alertstate=\"firing\"})"))
                    .as("nothing is wrong")
                    .isEmpty();
            assertThat(prometheus.get("/api/v1/rules").path("groups").findValuesAsString("health"))
                    .hasSize(17)
                    .containsOnly("ok");
        }
    }

    @Test
    @Needs("promtool")
    void metrics_are_named_as_prometheus_wants_them() throws Exception {
        Path metrics =
                Files.writeString(folder.resolve("metrics"), get("/metrics").body());
        Process process = new ProcessBuilder("promtool", "check", "metrics")
                .redirectErrorStream(true)
                .redirectInput(metrics.toFile())
                .redirectOutput(folder.resolve("said").toFile())
                .start();
        assertThat(process.waitFor())
                .as(Files.readString(folder.resolve("said")))
                .isZero();
        assertThat(Files.readString(folder.resolve("said"))).isEmpty();
    }

    @Test
    void programs_of_this_machine_read_metrics_and_others_need_a_token() throws Exception {
        HttpResponse<String> metrics = get("/metrics");
        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(metrics.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(metrics.body()).contains("muster_system_overdue{system=\"trial-system\"} 0.0\n");

        assertThat(get("/metrics", "X-Forwarded-For", "192.0.2.1").statusCode()).isEqualTo(401);
        assertThat(get("/metrics", "Via", "1.1 proxy").statusCode()).isEqualTo(401);
        assertThat(asked("localhost")).startsWith("HTTP/1.1 200 ");
        assertThat(asked("[::1]:8080")).startsWith("HTTP/1.1 200 ");
        assertThat(asked("muster.example.com"))
                .as("a page of somebody else makes a browser here ask by its own name")
                .startsWith("HTTP/1.1 401 ");
        String token = token();
        assertThat(get("/metrics", "Via", "1.1 proxy", "Authorization", "Bearer " + token)
                        .statusCode())
                .isEqualTo(200);
    }

    /** Of somebody who may look. */
    private static String token() {
        People people = wiring.people();
        Person viewer = new Person("watcher", "watcher", Set.of(Right.READ), Person.Means.PASSWORD);
        Actor by = Actor.of(viewer, "127.0.0.1");
        Secret oneTime = people.register().add(by, "watcher", "watcher", Set.of(Role.VIEWER));
        String session = people.sessions().begin("watcher", Person.Means.PASSWORD, "127.0.0.1", "");
        people.register()
                .changePassword(
                        people.sessions().find(session).orElseThrow(),
                        oneTime,
                        new Secret("correct horse battery"),
                        by);
        return people.tokens()
                .make(viewer, "prometheus", Set.of(Right.READ), Duration.ofDays(1), by)
                .reveal();
    }

    private static String asked(String host) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), serving.address().getPort())) {
            socket.getOutputStream()
                    .write(("GET /metrics HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void it_is_ready_with_each_probe_by_name() throws Exception {
        await().atMost(LONGEST).until(() -> get("/ready").statusCode() == 200);

        assertThat(get("/ready").body())
                .startsWith("{\"ready\":true,\"probes\":[")
                .contains("{\"name\":\"the catalog answers\",\"well\":true}");
        assertThat(get("/health").body()).isEqualTo("{\"alive\":true}");
    }
}
