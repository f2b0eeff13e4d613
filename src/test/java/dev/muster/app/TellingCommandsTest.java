package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Receivers from the settings, as commands use them. */
class TellingCommandsTest {
    private static final String SECRET = "the-secret-of-the-hook";

    @TempDir
    Path folder;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private Playground playground;
    private HttpServer server;

    @BeforeEach
    void open() throws Exception {
        playground = new Playground(folder);
        playground.runbook(
                "- restore: database\n- check: database-integrity",
                "database: { vault: primary, format: pg-dump, prefix: db/ }");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            told.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        Files.writeString(folder.resolve("secrets/hook"), SECRET);
        Files.writeString(
                folder.resolve("muster.yaml"),
                """
                telling:
                  program: { webhook: { url: "http://127.0.0.1:%d/${secret:hook}", secret: "${secret:hook}" } }
                  others: { slack: { url: "http://127.0.0.1:%d/" }, systems: ["erp-*"] }
                """.formatted(server.getAddress().getPort(), server.getAddress().getPort()),
                StandardOpenOption.APPEND);
    }

    @AfterEach
    void close() {
        server.stop(0);
        playground.close();
    }

    @Test
    void a_receiver_is_tried_and_one_that_there_is_not_is_named() {
        Playground.Outcome tried = playground.muster("tell", "--try", "program", "--json");
        assertThat(tried.exit()).as(tried.err()).isZero();
        assertThat(tried.json().path("answer").asString()).isEqualTo("204");
        assertThat(told).singleElement().satisfies(body -> assertThat(body).contains("muster.test"));

        Playground.Outcome unknown = playground.muster("tell", "--try", "nobody");
        assertThat(unknown.exit()).isEqualTo(3);
        assertThat(unknown.err()).contains("nobody", "program, others");
    }

    @Test
    void a_drill_that_could_not_run_is_told_shown_and_red_in_a_pipeline() throws Exception {
        Path junit = Files.writeString(folder.resolve("junit.xml"), "of another run");
        Playground.Outcome run = playground.muster("run", "trial", "--json", "--junit", junit.toString());

        assertThat(run.exit()).isEqualTo(3);
        assertThat(Files.readString(junit)).contains("errors=\"1\"").doesNotContain("another run");
        String drill = run.json().path("drill").asString();
        assertThat(told)
                .singleElement()
                .satisfies(body -> assertThat(body).contains("muster.could-not-run", "\"drill\":\"" + drill + "\""));
        JsonNode deliveries = playground.muster("deliveries", "--json").json().path("deliveries");
        assertThat(deliveries).hasSize(1);
        assertThat(deliveries.path(0).path("state").asString()).isEqualTo("DELIVERED");
        Playground.Outcome shown = playground.muster("deliveries");
        assertThat(shown.out()).contains("COULD_NOT_RUN", "program", "DELIVERED", "204");
        assertThat(run.out() + run.err() + shown.out() + deliveries).doesNotContain(SECRET);
        assertThat(playground.muster("report", drill, "--format", "junit").out())
                .contains("<testsuites");
    }
}
