package dev.muster.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.people.Right;
import io.javalin.http.HandlerType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The server answers hostile and clumsy requests without harm, and says what is wrong so that somebody can act. */
class WebTest {
    private static final CountDownLatch released = new CountDownLatch(1);
    private static Web web;
    private static Visitors visitors;

    @BeforeAll
    static void start() {
        web = Web.start("127.0.0.1", 0, Visitors.gate(), List.of(WebTest::routes));
        visitors = Visitors.of(web);
    }

    @AfterAll
    static void stop() {
        released.countDown();
        web.close();
    }

    private static void routes(Routes routes) {
        routes.add(HandlerType.GET, "/api/v1/thing", Right.READ, request -> request.result("thing"));
        routes.add(HandlerType.POST, "/api/v1/thing", Right.START, request -> request.result(request.body()));
        routes.add(HandlerType.GET, "/api/v1/fault", Right.READ, request -> {
            throw new IllegalStateException("secret inside");
        });
        routes.add(HandlerType.GET, "/page", Right.READ, request -> request.result("page"));
        routes.open(HandlerType.GET, "/down", request -> {
            throw new CouldNotRun(new Problem("The database is down", "db.internal:5432", "Start it."));
        });
        routes.open(HandlerType.GET, "/wait", request -> released.await());
        routes.open(HandlerType.GET, "/address", request -> request.result(request.ip() + " " + request.scheme()));
    }

    @Test
    void somebody_unknown_is_asked_to_sign_in_and_a_browser_is_sent_there() throws Exception {
        HttpResponse<String> program = visitors.send(visitors.request("/api/v1/thing"));
        assertThat(program.statusCode()).isEqualTo(401);
        assertThat(program.headers().firstValue("WWW-Authenticate").orElseThrow())
                .startsWith("Bearer");
        assertThat(program.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(program.body()).contains("\"status\":401", "\"remedy\":\"Sign in");

        HttpResponse<String> browser = visitors.send(visitors.request("/page").header("Accept", "text/html"));
        assertThat(browser.statusCode()).isEqualTo(303);
        assertThat(browser.headers().firstValue("Location")).contains("/login");
    }

    @Test
    void a_page_that_asks_for_a_part_of_itself_when_nobody_is_signed_in_any_more_is_loaded_anew() throws Exception {
        HttpResponse<String> part = visitors.send(
                visitors.request("/page").header("HX-Request", "true").header("Accept", "*/*"));

        assertThat(part.statusCode()).isEqualTo(204);
        assertThat(part.headers().firstValue("HX-Refresh")).contains("true");
    }

    @Test
    void who_may_not_is_told_which_right_is_missing() throws Exception {
        HttpResponse<String> refused = visitors.send(
                visitors.as("sam", "/api/v1/thing", EnumSet.of(Right.READ)).POST(BodyPublishers.ofString("x")));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("sam may not do this", "START");
        assertThat(visitors.get("/api/v1/thing").body()).isEqualTo("thing");
    }

    @Test
    void what_is_not_there_or_cannot_be_done_there_is_said_so() throws Exception {
        assertThat(visitors.get("/api/v1/nothing").statusCode()).isEqualTo(404);
        HttpResponse<String> method =
                visitors.send(visitors.allowed("/api/v1/thing").DELETE());
        assertThat(method.statusCode()).isEqualTo(405);
        assertThat(method.body()).contains("\"title\":\"Method Not Allowed\"");
        HttpResponse<String> options =
                visitors.send(visitors.allowed("/api/v1/thing").method("OPTIONS", BodyPublishers.noBody()));
        assertThat(options.statusCode()).isEqualTo(405);
        HttpResponse<String> head =
                visitors.send(visitors.request("/api/v1/thing").method("HEAD", BodyPublishers.noBody()));
        assertThat(head.body()).isEmpty();
    }

    @Test
    void a_body_that_is_too_large_is_refused_also_when_its_length_is_not_told_before() throws Exception {
        byte[] large = new byte[(1 << 20) + 1];
        for (HttpRequest.BodyPublisher body : List.of(
                BodyPublishers.ofByteArray(large),
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))) {
            assertThat(visitors.send(visitors.allowed("/api/v1/thing").POST(body))
                            .statusCode())
                    .isEqualTo(413);
        }
    }

    @Test
    void addresses_and_headers_that_are_too_long_and_what_is_no_http_are_refused() throws Exception {
        assertThat(raw("GET /" + "a".repeat(9000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                .contains(" 414 ");
        assertThat(raw("GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + "a".repeat(9000) + "\r\n\r\n"))
                .contains(" 431 ");
        assertThat(raw("nonsense\r\n\r\n")).contains(" 400 ").doesNotContain("Jetty", "jetty");
        assertThat(raw("GET /api/v1/..%2f..%2fetc/passwd HTTP/1.1\r\nHost: x\r\n\r\n"))
                .contains(" 404 ");
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), web.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            byte[] answer = new byte[4000];
            int read = socket.getInputStream().read(answer);
            return new String(answer, 0, Math.max(0, read), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void a_fault_has_an_id_and_shows_nothing_of_the_inside() throws Exception {
        HttpResponse<String> fault = visitors.get("/api/v1/fault");
        assertThat(fault.statusCode()).isEqualTo(500);
        assertThat(fault.body()).containsPattern("fault [0-9a-f]{12}").doesNotContain("secret inside", "Exception");
        assertThat(fault.headers().firstValue("Server")).isEmpty();
    }

    @Test
    void outsiders_are_not_told_what_does_not_run_inside() throws Exception {
        HttpResponse<String> outsider = visitors.send(visitors.request("/down").header("Accept", "application/json"));
        assertThat(outsider.statusCode()).isEqualTo(503);
        assertThat(outsider.headers().firstValue("Retry-After")).contains("10");
        assertThat(outsider.body()).doesNotContain("db.internal");
        assertThat(visitors.get("/down").body()).contains("db.internal");
        assertThat(visitors.send(visitors.request("/down")).body()).startsWith("<!doctype html>");
    }

    @Test
    void the_service_does_not_speak_plain_text_where_others_can_listen() {
        assertThatThrownBy(() -> Web.start("0.0.0.0", 0, Visitors.gate(), List.of()))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("serve.tls");
    }

    @Test
    void only_the_named_proxies_are_believed_and_of_what_they_pass_on_only_what_they_have_seen() throws Exception {
        try (Web behind = behind("127.0.0.1");
                Web elsewhere = behind("10.1.2.0/24")) {
            assertThat(forwarded(behind)).isEqualTo("203.0.113.9 https");
            assertThat(forwarded(elsewhere)).isEqualTo("127.0.0.1 http");
        }
    }

    private static Web behind(String proxy) {
        return Web.start(
                new Listening("127.0.0.1", 0, Optional.empty(), true, List.of(proxy)),
                Visitors.gate(),
                List.of(WebTest::routes),
                ProblemPage.PLAIN,
                Clock.systemUTC());
    }

    private static String forwarded(Web server) throws Exception {
        Visitors own = Visitors.of(server);
        return own.send(own.request("/address")
                        .header("X-Forwarded-For", "198.51.100.1, 203.0.113.9")
                        .header("X-Forwarded-Proto", "https"))
                .body();
    }

    @Test
    void when_too_many_wait_the_others_are_sent_away_at_once() throws Exception {
        try (Web busy = Web.start("127.0.0.1", 0, Visitors.gate(), List.of(WebTest::routes))) {
            Visitors many = Visitors.of(busy);
            List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
            for (int number = 0; number < 400; number++) {
                waiting.add(many.client()
                        .sendAsync(
                                many.as("p" + number, "/wait", EnumSet.noneOf(Right.class))
                                        .build(),
                                BodyHandlers.ofString()));
            }
            HttpResponse<?> first = (HttpResponse<?>) CompletableFuture.anyOf(waiting.toArray(CompletableFuture[]::new))
                    .get(20, TimeUnit.SECONDS);
            assertThat(first.statusCode()).isEqualTo(503);
            assertThat(first.headers().firstValue("Retry-After")).isPresent();
        }
    }

    @Test
    void who_asks_too_often_is_told_when_to_come_back_and_others_are_served() throws Exception {
        int status = 200;
        HttpResponse<String> answer = visitors.send(visitors.as("eager", "/api/v1/thing", EnumSet.of(Right.READ)));
        for (int number = 0; number < 2000 && status == 200; number++) {
            answer = visitors.send(visitors.as("eager", "/api/v1/thing", EnumSet.of(Right.READ)));
            status = answer.statusCode();
        }
        assertThat(status).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(visitors.get("/api/v1/thing").statusCode()).isEqualTo(200);
    }
}
