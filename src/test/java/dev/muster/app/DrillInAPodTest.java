package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.app.demo.DemoEstate;
import dev.muster.app.demo.SmallDemo;
import dev.muster.scratch.kubernetes.StagedCluster;
import dev.muster.testing.Needs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Whole drills in a pod of a staged cluster: all that is Muster's is real, in the pod as well, and Kubernetes is played by
 * this machine.
 */
@Needs(
        value = {Needs.OWN_NETWORK, "setpriv", "pg_restore"},
        root = true)
class DrillInAPodTest {
    private static final String SERVER = "postgres";
    private static final int SEVERAL = 12;
    /** What takes seconds, for those who are not interested in what it finds. */
    private static final String SHORT = """
            apiVersion: muster.dev/v1
            name: short
            title: A short drill
            system: odoo-distribution
            owner: platform-team
            scenario: operator-error
            objectives: { rpo: 1h, rto: 4h }
            processes:
              orders: { watermark: "select max(write_date) from sale_order", proof: [database-integrity] }
            scratch: { on: local, postgres: 15, timeToLive: 30m }
            backups:
              database: { vault: primary, format: pg-dump, prefix: odoo/db/, zone: UTC }
            steps:
              - restore: database
              - check: database-integrity
              - probe: isolation
            """;

    @TempDir
    private static Path shared;

    private static StagedCluster cluster;
    private static DemoEstate estate;

    @TempDir
    private Path folder;

    private Path settings;
    private Path runbook;
    private final Instant disaster = Clock.systemUTC().instant();

    @BeforeAll
    static void prepare() throws Exception {
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxr-xr-x"));
        cluster = StagedCluster.open(Files.createDirectory(shared.resolve("cluster")));
        estate = SmallDemo.prepare(shared, cluster.machine());
    }

    @AfterAll
    static void close() {
        estate.close();
        cluster.close();
    }

    @BeforeEach
    void settle() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        settings = Files.writeString(
                folder.resolve("muster.yaml"),
                Files.readString(estate.config()).replaceFirst("(?m)^home: .*$", "home: " + folder.resolve("home"))
                        + """
                kubernetes:
                  kubeconfig: %s
                  images: { worker: "%s", postgres: { "15": "%s" } }
                """.formatted(cluster.kubeconfig(), StagedCluster.WORKER, StagedCluster.POSTGRES));
        runbook = Files.writeString(folder.resolve("short.yaml"), SHORT);
        assertThat(muster("keys", "init").exit()).isZero();
    }

    @Test
    void a_drill_in_a_pod_finds_what_one_on_this_machine_finds() {
        JsonNode there = whole("kubernetes");
        JsonNode here = whole("local");

        assertThat(there.path("verdict").asString()).as(there.toPrettyString()).isEqualTo("PASSED");
        Map<String, String> verdicts = verdicts(here);
        // Only the second drill has one before it.
        verdicts.remove("as-the-last-drill");
        assertThat(verdicts(there)).isEqualTo(verdicts).containsKeys("no-way-out", "confirm-order", "right-system");
        here.path("processes")
                .propertyStream()
                .forEach(process -> assertThat(
                                there.path("processes").path(process.getKey()).path("rpo"))
                        .isEqualTo(process.getValue().path("rpo")));
        nothingIsLeft(there);
        assertThat(cluster.unlabelled()).isEmpty();
        String secret = estate.secretKey().reveal();
        assertThat(cluster.said())
                .contains("networkpolicies", estate.bucket())
                .doesNotContain(secret, Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void an_api_server_that_is_away_for_a_while_does_not_disturb_it() throws Exception {
        CompletableFuture<Playground.Outcome> run = started();
        restores();
        cluster.goAway();
        await().atMost(Duration.ofSeconds(30)).until(() -> cluster.triedInVain() > SEVERAL);
        cluster.comeBack();

        JsonNode drill = ended(run).json();

        assertThat(drill.path("verdict").asString()).as(drill.toPrettyString()).isEqualTo("PASSED");
        nothingIsLeft(drill);
    }

    @Test
    void could_not_run_when_somebody_deletes_the_namespace_under_it() throws Exception {
        CompletableFuture<Playground.Outcome> run = started();
        restores();
        String namespace = cluster.namespaces().get(0);
        cluster.deleteNamespace(namespace);

        Playground.Outcome outcome = ended(run);

        couldNotRun(outcome, namespace);
        nothingIsLeft(outcome.json());
    }

    @Test
    void could_not_run_when_a_container_needs_more_memory_than_it_may_have() throws Exception {
        CompletableFuture<Playground.Outcome> run = started();
        restores();
        String namespace = cluster.namespaces().get(0);
        cluster.starve("database");

        Playground.Outcome outcome = ended(run);

        couldNotRun(outcome, "pod " + namespace + "/drill, container database");
        assertThat(problem(outcome).path("what").asString()).contains("OOMKilled");
        nothingIsLeft(outcome.json());
    }

    @Test
    void what_a_killed_muster_leaves_is_closed_and_removed_by_the_next_one() throws Exception {
        Process killed = Playground.start(settings, folder, drill("kubernetes"));
        restores();
        String left = cluster.namespaces().get(0);
        killed.destroyForcibly().waitFor();
        assertThat(cluster.namespaces()).containsExactly(left);
        assertThat(cluster.programs()).isPositive();

        JsonNode next = muster(drill("local")).json();

        assertThat(next.path("verdict").asString()).as(next.toPrettyString()).isEqualTo("PASSED");
        nothingIsLeft(next);
        JsonNode drills = muster("drills", "--json").json().path("drills");
        assertThat(drills).hasSize(2);
        assertThat(drills.valueStream().map(each -> each.path("verdict").asString()))
                .containsExactlyInAnyOrder("PASSED", "ABORTED");
        assertThat(muster("ledger", "show").out()).contains("ABORTED", "SCRATCH_REMOVED");
    }

    private CompletableFuture<Playground.Outcome> started() {
        return CompletableFuture.supplyAsync(
                () -> muster(drill("kubernetes")), task -> new Thread(task, "drill").start());
    }

    private static Playground.Outcome ended(CompletableFuture<Playground.Outcome> run) throws Exception {
        return run.get(2, TimeUnit.MINUTES);
    }

    /** Waits until the drill restores in its pod. */
    private static void restores() {
        await().atMost(Duration.ofSeconds(60)).until(() -> cluster.runs("database", SERVER));
    }

    private JsonNode whole(String where) {
        return muster(
                        "run",
                        estate.runbook().toString(),
                        "--at",
                        disaster.toString(),
                        "--set",
                        "scratch.on=" + where,
                        "--json")
                .json();
    }

    private String[] drill(String where) {
        return new String[] {"run", runbook.toString(), "--set", "scratch.on=" + where, "--json"};
    }

    private Playground.Outcome muster(String... arguments) {
        return Playground.muster(settings, Clock.systemUTC(), arguments);
    }

    private static void couldNotRun(Playground.Outcome outcome, String where) {
        assertThat(outcome.exit()).as(outcome.out()).isEqualTo(3);
        assertThat(outcome.json().path("verdict").asString()).isEqualTo("COULD_NOT_RUN");
        assertThat(problem(outcome).path("where").asString()).contains(where);
        assertThat(problem(outcome).path("remedy").asString()).isNotBlank();
    }

    private static JsonNode problem(Playground.Outcome outcome) {
        return outcome.json().path("problems").get(0);
    }

    private void nothingIsLeft(JsonNode drill) {
        assertThat(drill.path("scratch").path("removed").asBoolean())
                .as(drill.toPrettyString())
                .isTrue();
        assertThat(cluster.paths()).isEmpty();
        await().until(() -> cluster.programs() == 0);
        assertThat(muster("scratch", "list").out()).doesNotContain("namespace");
    }

    private static Map<String, String> verdicts(JsonNode drill) {
        Map<String, String> verdicts = new TreeMap<>();
        drill.path("checks")
                .forEach(check -> verdicts.put(
                        check.path("name").asString(), check.path("verdict").asString()));
        return verdicts;
    }
}
