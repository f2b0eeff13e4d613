package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.app.demo.DemoEstate;
import dev.muster.app.demo.SmallDemo;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Whole drills in the cluster that {@code MUSTER_TEST_KUBECONFIG} names. Its pods reach this machine, where the backups
 * are served, at the address that {@code MUSTER_TEST_ADDRESS} names; else at the one that the API server is reached from.
 */
@Tag("cluster")
class DrillOnAClusterTest {
    private static final Pattern SERVER = Pattern.compile("\"?server\"?:\\s*\"?(https?://[^\"\\s,}]+)");

    @TempDir
    private Path folder;

    private DemoEstate estate;
    private Path settings;
    private Instant disaster;

    @BeforeEach
    void prepare() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        estate = SmallDemo.prepare(folder, address());
        disaster = Clock.systemUTC().instant();
        settings = folder.resolve("cluster.yaml");
        Files.writeString(
                settings,
                Files.readString(estate.config())
                        + """
                kubernetes:
                  kubeconfig: %s
                  images:
                    worker: %s
                    postgres: { "15": "%s" }
                """.formatted(
                                        variable("MUSTER_TEST_KUBECONFIG"),
                                        variable("MUSTER_TEST_WORKER_IMAGE"),
                                        variable("MUSTER_TEST_POSTGRES_IMAGE")));
        assertThat(muster("keys", "init").exit()).isZero();
    }

    @AfterEach
    void close() {
        estate.close();
    }

    @Test
    void a_drill_in_the_cluster_finds_what_one_on_this_machine_finds() {
        JsonNode there = drill("kubernetes");
        JsonNode here = drill("local");

        assertThat(there.path("verdict").asString()).as(there.toPrettyString()).isEqualTo("PASSED");
        assertThat(there.path("scratch").path("removed").asBoolean()).isTrue();
        Map<String, String> verdicts = verdicts(here);
        // Only the second drill has one before it.
        verdicts.remove("as-the-last-drill");
        assertThat(verdicts(there)).isEqualTo(verdicts).containsKeys("no-way-out", "confirm-order", "right-system");
        here.path("processes")
                .propertyStream()
                .forEach(process -> assertThat(
                                there.path("processes").path(process.getKey()).path("rpo"))
                        .isEqualTo(process.getValue().path("rpo")));
        assertThat(muster("scratch", "list").out()).doesNotContain("namespace");
    }

    private JsonNode drill(String where) {
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

    private Playground.Outcome muster(String... arguments) {
        return Playground.muster(settings, Clock.systemUTC(), arguments);
    }

    private static Map<String, String> verdicts(JsonNode drill) {
        Map<String, String> verdicts = new TreeMap<>();
        drill.path("checks")
                .forEach(check -> verdicts.put(
                        check.path("name").asString(), check.path("verdict").asString()));
        return verdicts;
    }

    private static String address() throws IOException {
        Optional<String> named = Optional.ofNullable(System.getenv("MUSTER_TEST_ADDRESS"));
        if (named.isPresent()) {
            return named.get();
        }
        Matcher server = SERVER.matcher(Files.readString(Path.of(variable("MUSTER_TEST_KUBECONFIG"))));
        assertThat(server.find()).isTrue();
        URI place = URI.create(server.group(1));
        try (DatagramSocket socket = new DatagramSocket()) {
            // Nothing is sent: to connect is to choose a way.
            socket.connect(new InetSocketAddress(place.getHost(), place.getPort()));
            InetAddress local = socket.getLocalAddress();
            return local.getHostAddress();
        }
    }

    private static String variable(String name) {
        return Optional.ofNullable(System.getenv(name))
                .orElseThrow(() -> new AssertionError(name + " has to name what this cluster has"));
    }
}
