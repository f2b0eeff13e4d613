package dev.muster.web.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.drill.LiveDrill;
import dev.muster.drill.Progress;
import dev.muster.drill.QueuedDrill;
import dev.muster.drill.Stage;
import dev.muster.drill.Verdict;
import dev.muster.drill.Wish;
import dev.muster.people.Right;
import dev.muster.testing.TurnedClock;
import dev.muster.web.RehearsedDesk;
import dev.muster.web.Visitors;
import dev.muster.web.Web;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many watch a drill, and neither it nor any of them waits for another. */
class StreamsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private final RehearsedDesk desk = new RehearsedDesk(NOW, QueuedDrill.State.WAITING);
    private final TurnedClock clock = TurnedClock.at(NOW);
    private final List<Socket> sockets = new ArrayList<>();
    private Streams streams;
    private Web web;
    private Visitors visitors;
    private String drill;

    @BeforeEach
    void start() {
        streams = new Streams(desk, clock);
        web = Web.start("127.0.0.1", 0, Visitors.gate(), List.of(streams));
        visitors = Visitors.of(web);
        drill = desk.ask(Wish.of("shop-monthly"), "kim", Optional.of("one")).drill();
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        streams.close();
        web.close();
    }

    private String path() {
        return "/api/v1/drills/" + drill + "/events";
    }

    private void tell(int second, Optional<Verdict> verdict, int lines) {
        desk.shows(running(drill, NOW.plusSeconds(second), verdict, lines));
    }

    @Test
    void a_viewer_sees_the_drill_as_it_is_then_each_change_and_at_last_the_verdict() throws Exception {
        tell(1, Optional.empty(), 2);
        HttpResponse<Stream<String>> stream =
                visitors.client().send(visitors.allowed(path()).build(), HttpResponse.BodyHandlers.ofLines());
        assertThat(stream.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
        tell(2, Optional.of(Verdict.PASSED), 3);

        List<String> lines = stream.body().toList();

        assertThat(lines).contains("event: drill", "id: 2026-11-21T10:00:02Z", "retry: 3000");
        assertThat(lines.stream()
                        .filter(line -> line.startsWith("data: "))
                        .toList()
                        .get(0))
                .contains("\"drill\":\"" + drill + "\"", "\"stage\":\"FETCH\"", "\"total\":null");
        assertThat(lines.get(lines.size() - 2)).contains("\"verdict\":\"PASSED\"");
        await().until(() -> desk.watchers(drill) == 0);
        assertThat(visitors.send(visitors.allowed(path()).header("Last-Event-ID", "2026-11-21T10:00:02Z"))
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void what_waits_is_watched_until_it_is_taken_back() throws Exception {
        HttpResponse<Stream<String>> stream =
                visitors.client().send(visitors.allowed(path()).build(), HttpResponse.BodyHandlers.ofLines());
        desk.cancel(drill, "kim", "not needed");
        assertThat(stream.body().toList()).doesNotContain("event: drill");
        assertThat(visitors.get(path()).statusCode()).isEqualTo(204);
        assertThat(visitors.get("/api/v1/drills/nothing/events").statusCode()).isEqualTo(404);
    }

    @Test
    void one_person_opens_so_many_and_a_thousand_hold_no_thread() throws Exception {
        for (int number = 0; number < 20; number++) {
            open("kim");
        }
        assertThat(visitors.get(path()).statusCode()).isEqualTo(503);
        for (int number = 20; number < 1000; number++) {
            open("person-" + number / 20);
        }
        await().atMost(Duration.ofSeconds(20))
                .until(() -> visitors.send(visitors.as("late", path(), EnumSet.of(Right.READ)))
                                .statusCode()
                        == 503);
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().startsWith("web-")))
                .hasSizeLessThan(64);
        for (Socket socket : sockets) {
            socket.close();
        }
        tell(1, Optional.empty(), 1);
        await().atMost(Duration.ofSeconds(20)).until(() -> desk.watchers(drill) == 0 || touch());
    }

    /** Only what is written to shows that its reader has gone. */
    private boolean touch() {
        tell((int) (System.nanoTime() % 1000), Optional.empty(), 1);
        return false;
    }

    @Test
    void who_does_not_read_keeps_nobody_waiting_and_gets_the_newest_when_reading_again() throws Exception {
        Socket slow = open("slow");
        HttpResponse<InputStream> other =
                visitors.client().send(visitors.allowed(path()).build(), HttpResponse.BodyHandlers.ofInputStream());
        // More than the buffers of both sides can hold between them.
        for (int second = 1; second <= 5; second++) {
            long before = System.nanoTime();
            tell(second, Optional.empty(), 60_000);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
            read(other.body(), "id: " + NOW.plusSeconds(second));
        }
        tell(6, Optional.of(Verdict.FAILED), 1);

        String all = new String(slow.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(all).contains("\"verdict\":\"FAILED\"").doesNotContain("id: " + NOW.plusSeconds(4));
    }

    @Test
    void who_reads_nothing_for_half_a_minute_is_let_go() throws Exception {
        open("asleep");
        tell(1, Optional.empty(), 100_000);
        assertThat(desk.watchers(drill)).isOne();

        await().atMost(Duration.ofSeconds(20)).until(() -> {
            // Until nothing more goes into the buffers between the two, something still moves.
            clock.to(clock.instant().plusSeconds(31));
            return desk.watchers(drill) == 0;
        });
    }

    private static void read(InputStream stream, String until) throws IOException {
        StringBuilder seen = new StringBuilder();
        byte[] buffer = new byte[1 << 16];
        while (seen.indexOf(until) < 0) {
            int read = stream.read(buffer);
            assertThat(read).isPositive();
            seen.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
        }
    }

    private Socket open(String person) throws IOException {
        Socket socket = new Socket();
        sockets.add(socket);
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), web.port()));
        socket.setSoTimeout(20_000);
        socket.getOutputStream()
                .write(("GET " + path() + " HTTP/1.1\r\nHost: x\r\nX-Person: " + person
                                + "\r\nX-Rights: READ\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        byte[] first = new byte[12];
        assertThat(socket.getInputStream().readNBytes(first, 0, 12)).isEqualTo(12);
        assertThat(new String(first, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200");
        return socket;
    }

    /** What a running drill looks like. */
    private static LiveDrill running(String drill, Instant at, Optional<Verdict> verdict, int lines) {
        List<LiveDrill.Line> said = new ArrayList<>();
        for (int number = 0; number < lines; number++) {
            said.add(new LiveDrill.Line(at, "a line as a drill writes it, with some words, number " + number));
        }
        return new LiveDrill(
                drill,
                at,
                List.of(new LiveDrill.StageSpan(Stage.FETCH, at, Optional.empty())),
                List.of(new LiveDrill.Work(Stage.FETCH, "database", 5, 0, Progress.Unit.BYTES, 2.5)),
                said,
                0,
                verdict);
    }
}
