package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.catalog.Catalog;
import dev.muster.catalog.queue.Pictures;
import dev.muster.catalog.queue.Queue;
import dev.muster.drill.DrillRequest;
import dev.muster.drill.QueuedDrill;
import dev.muster.drill.QueuedDrill.State;
import dev.muster.drill.Stage;
import dev.muster.drill.Verdict;
import dev.muster.drill.Wish;
import dev.muster.testing.Needs;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service as a process of its own. */
@Needs({"pg_dump", "pg_restore", "openssl"})
class ServeTest {
    private static final Duration LONGEST = Duration.ofSeconds(90);

    @TempDir
    static Path making;

    private static SmallEstate estate;

    @TempDir
    Path folder;

    private Playground playground;
    private Catalog catalog;
    private Queue queue;
    private Process service;

    @BeforeAll
    static void makeBackups() throws Exception {
        estate = new SmallEstate(making);
        String request = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=muster"
                + " -addext subjectAltName=IP:127.0.0.1 -keyout tls.key -out tls.pem";
        Process openssl = new ProcessBuilder(request.split(" "))
                .directory(making.toFile())
                .redirectErrorStream(true)
                .redirectOutput(making.resolve("openssl.log").toFile())
                .start();
        assertThat(openssl.waitFor()).isZero();
    }

    @BeforeEach
    void open() throws Exception {
        playground = new Playground(folder);
        playground.runbook(
                "- restore: database\n- check: database-integrity",
                "database: { vault: primary, format: pg-dump, prefix: db/ }");
        Files.writeString(
                folder.resolve("muster.yaml"),
                "drills: { grace: 20s }\nserve: { tls: { certificate: %s, key: %s } }\n"
                        .formatted(making.resolve("tls.pem"), making.resolve("tls.key")),
                StandardOpenOption.APPEND);
        service = started();
        // While the service holds the file, this process goes through it.
        catalog = Catalog.open("jdbc:h2:file:" + folder.resolve("home/catalog"));
        queue = new Queue(catalog);
    }

    @AfterEach
    void close() throws Exception {
        if (service.isAlive()) {
            service.destroyForcibly().waitFor();
        }
        playground.close();
    }

    private Process started() throws Exception {
        Process process = playground.start("serve", "--port", "0");
        await().atMost(LONGEST).until(() -> !process.isAlive() || said().contains("Muster is at "));
        assertThat(process.isAlive()).as(said()).isTrue();
        return process;
    }

    private String said() throws Exception {
        return Files.readString(folder.resolve("err"));
    }

    private QueuedDrill asked(Optional<Instant> slot) {
        return queue.add(
                new QueuedDrill(
                        "trial-20261121-030000-abcd",
                        "trial",
                        "trial-system",
                        slot,
                        1,
                        Instant.now(),
                        slot.isPresent() ? "schedule" : "anna",
                        slot.isPresent() ? DrillRequest.Trigger.SCHEDULE : DrillRequest.Trigger.OPERATOR,
                        Wish.of("trial"),
                        State.WAITING,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                Optional.empty(),
                Optional.empty());
    }

    private void restores(QueuedDrill drill) {
        await().atMost(LONGEST)
                .until(() -> new Pictures(catalog)
                        .find(drill.drill()).stream()
                                .flatMap(live -> live.stages().stream())
                                .anyMatch(span -> span.stage() == Stage.RESTORE));
    }

    private void takesLong() {
        playground.s3.put(Playground.BUCKET, "db/shop.sql", estate.plainDumpWith("SELECT pg_sleep(300);"));
    }

    /** Somebody who believes nothing but the service's certificate. */
    private HttpClient visitor() throws Exception {
        KeyStore believed = KeyStore.getInstance(KeyStore.getDefaultType());
        believed.load(null, null);
        try (InputStream certificate = Files.newInputStream(making.resolve("tls.pem"))) {
            believed.setCertificateEntry(
                    "service", CertificateFactory.getInstance("X.509").generateCertificate(certificate));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(believed);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }

    @Test
    void drills_while_other_commands_use_the_same_catalog() throws Exception {
        playground.s3.put(Playground.BUCKET, "db/shop.dump", estate.customDump());
        QueuedDrill drill = asked(Optional.empty());
        assertThat(playground.muster("drills").exit()).isZero();
        URI address = URI.create(said().lines()
                .filter(line -> line.startsWith("Muster is at "))
                .findFirst()
                .orElseThrow()
                .substring("Muster is at ".length()));
        assertThat(address).hasScheme("https");
        HttpResponse<String> health = visitor()
                .send(HttpRequest.newBuilder(address.resolve("/health")).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.headers().firstValue("Strict-Transport-Security")).isPresent();
        await().atMost(LONGEST)
                .until(() -> queue.find(drill.drill()).orElseThrow().state() == State.ENDED);

        assertThat(playground.muster("show", drill.drill()).out()).contains("PASSED");
        service.destroy();
        assertThat(service.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(service.exitValue()).isZero();
        assertThat(playground.muster("drills").out()).contains(drill.drill());
    }

    @Test
    void asked_to_end_it_lets_a_drill_go_on_and_asked_again_stops_it_in_order() throws Exception {
        takesLong();
        QueuedDrill drill = asked(Optional.of(Instant.now().truncatedTo(ChronoUnit.SECONDS)));
        restores(drill);
        service.destroy();
        await().atMost(LONGEST).until(() -> said().contains("Ending: 1 drill runs"));
        QueuedDrill late = queue.add(
                new QueuedDrill(
                        "other-20261121-030000-abcd",
                        "trial",
                        "other-system",
                        Optional.empty(),
                        1,
                        Instant.now(),
                        "anna",
                        DrillRequest.Trigger.OPERATOR,
                        Wish.of("trial"),
                        State.WAITING,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                Optional.empty(),
                Optional.empty());
        assertThat(service.isAlive()).isTrue();
        service.destroy();
        assertThat(service.waitFor(19, TimeUnit.SECONDS))
                .as("before its time of grace")
                .isTrue();

        assertThat(service.exitValue()).as(said()).isZero();
        assertThat(catalog.find(drill.drill()).orElseThrow()).satisfies(ended -> {
            assertThat(ended.verdict()).contains(Verdict.ABORTED);
            assertThat(ended.bundle().map(Path::of).orElseThrow()).exists();
        });
        assertThat(playground.muster("scratch", "list", "--json").json().path("scratches"))
                .isEmpty();
        assertThat(queue.find(late.drill()).orElseThrow().state()).isEqualTo(State.WAITING);
        assertThat(queue.open())
                .as("its slot is not proven")
                .anyMatch(again -> again.slot().equals(drill.slot()) && again.attempt() == 2);
    }

    @Test
    void killed_and_started_again_it_closes_what_it_left_and_begins_the_slot_again() throws Exception {
        takesLong();
        QueuedDrill drill = asked(Optional.of(Instant.now().truncatedTo(ChronoUnit.SECONDS)));
        restores(drill);
        service.destroyForcibly().waitFor();
        playground.s3.remove(Playground.BUCKET, "db/shop.sql");
        playground.s3.put(Playground.BUCKET, "db/shop.dump", estate.customDump());
        service = started();
        await().atMost(LONGEST).until(() -> queue.open().isEmpty());

        assertThat(catalog.newest(Optional.empty(), 9))
                .extracting(ended -> ended.verdict().orElseThrow())
                .containsExactly(Verdict.PASSED, Verdict.ABORTED);
        assertThat(playground.muster("scratch", "list", "--json").json().path("scratches"))
                .isEmpty();
        assertThat(playground.muster("ledger", "verify").exit()).isZero();
    }
}
