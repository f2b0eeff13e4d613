package dev.muster.telling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.catalog.Catalog;
import dev.muster.catalog.news.Delivery;
import dev.muster.catalog.news.Outbox;
import dev.muster.drill.News;
import dev.muster.drill.Problem;
import dev.muster.drill.Secret;
import dev.muster.evidence.Evidence;
import dev.muster.evidence.report.LocalWriting;
import dev.muster.evidence.report.Presentation;
import dev.muster.telling.hook.PagerDuty;
import dev.muster.telling.hook.Posting;
import dev.muster.telling.hook.Slack;
import dev.muster.telling.hook.Webhook;
import dev.muster.template.Templates;
import dev.muster.testing.Needs;
import dev.muster.testing.TurnedClock;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** News come to those who want them, whatever those do, and nothing is lost on the way. */
class CouriersTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final String HOSTILE = "erp\"},{\"x\":1}\r\nX: y<!channel>&<script>alert(1)</script>\u202e";

    private final TurnedClock clock = TurnedClock.at(NOON);
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<Couriers> running = new ArrayList<>();

    @TempDir
    Path folder;

    private Catalog catalog;
    private Outbox outbox;
    private HttpReceiver server;

    @BeforeEach
    void open() throws Exception {
        catalog = Catalog.open("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        outbox = new Outbox(catalog);
        server = new HttpReceiver();
    }

    @AfterEach
    void close() {
        end.countDown();
        running.forEach(Couriers::close);
        server.close();
        catalog.close();
    }

    private Posting posting(String address) {
        return new Posting("the webhook", () -> new Secret(address), Duration.ofMillis(1500));
    }

    private Receiver webhook(String name, String address) {
        return receiver(name, new Webhook(posting(address), () -> new Secret("a shared secret")));
    }

    private static Receiver receiver(String name, Channel channel) {
        return new Receiver(name, Set.of(News.Kind.values()), List.of(), channel);
    }

    private Couriers couriers(Receiver... receivers) {
        Templates shipped = new Templates(Optional.empty());
        Couriers couriers = new Couriers(
                outbox,
                List.of(receivers),
                new Wording(
                        catalog,
                        new Evidence(shipped, List::of),
                        shipped,
                        new LocalWriting(Presentation.USUAL),
                        Optional.of("Example Ltd")),
                clock);
        running.add(couriers);
        return couriers;
    }

    private void tell(News news, Receiver... receivers) {
        new Telling(catalog, List.of(receivers), UnaryOperator.identity(), clock).tell(news);
    }

    private static News overdue(String system) {
        return news(News.Kind.OVERDUE, system, "It has not been proven in time");
    }

    private static News news(News.Kind kind, String system, String what) {
        return new News(
                kind,
                system,
                Optional.of(system),
                Optional.empty(),
                NOON,
                what,
                Optional.of(new Problem(what, system, "Start a drill of it.")));
    }

    private Delivery only() {
        assertThat(outbox.newest(10)).hasSize(1);
        return outbox.newest(10).get(0);
    }

    private static JsonNode json(String text) {
        return JsonMapper.builder().build().readTree(text);
    }

    @Test
    void what_happened_is_told_once_however_often_it_is_noticed() throws Exception {
        Receiver hook = webhook("hook", server.address());
        tell(overdue("erp"), hook);
        tell(overdue("erp"), hook);
        Couriers couriers = couriers(hook);
        couriers.deliver(LONG);
        tell(overdue("erp"), hook);
        couriers.deliver(LONG);

        assertThat(server.told).hasSize(1);
        assertThat(only().state()).isEqualTo(Delivery.State.DELIVERED);
        assertThat(only().last()).hasValueSatisfying(last -> {
            assertThat(last.answer()).isEqualTo("204");
            assertThat(last.problem()).isEmpty();
        });
    }

    @Test
    @Needs("openssl")
    void a_receiver_can_tell_by_openssl_who_sent_it() throws Exception {
        Receiver hook = webhook("hook", server.address());
        tell(overdue("erp"), hook);
        couriers(hook).deliver(LONG);

        HttpReceiver.Told told = server.told.get(0);
        String id = told.headers().getFirst("webhook-id");
        String stamp = told.headers().getFirst("webhook-timestamp");
        Path signed = Files.writeString(folder.resolve("signed"), id + "." + stamp + "." + told.body());
        Process openssl = new ProcessBuilder(
                        "sh", "-c", "openssl dgst -sha256 -hmac 'a shared secret' -binary '" + signed + "' | base64")
                .start();
        String signature = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(told.headers().getFirst("webhook-signature")).isEqualTo("v1," + signature);
        assertThat(id).isEqualTo(only().id());
        assertThat(stamp).isEqualTo(Long.toString(NOON.getEpochSecond()));
        assertThat(json(told.body()).path("type").asString()).isEqualTo("muster.overdue");
        assertThat(json(told.body()).path("data").path("problem").path("remedy").asString())
                .isEqualTo("Start a drill of it.");
    }

    @Test
    void a_receiver_that_answers_500_for_an_hour_has_it_afterwards_with_the_same_id() throws Exception {
        server.answering(500);
        Receiver hook = webhook("hook", server.address());
        tell(overdue("erp"), hook);
        Couriers couriers = couriers(hook);
        for (int minute = 0; minute <= 60; minute++) {
            couriers.deliver(LONG);
            clock.turn(Duration.ofMinutes(1));
        }
        int tries = server.told.size();
        assertThat(tries).isBetween(6, 12);
        assertThat(only().state()).isEqualTo(Delivery.State.WAITING);
        assertThat(only().attempts()).isEqualTo(tries);
        assertThat(only().last())
                .hasValueSatisfying(last -> assertThat(last.problem())
                        .hasValueSatisfying(
                                problem -> assertThat(problem.what()).contains("500")));

        server.answering(200);
        clock.turn(Duration.ofHours(1));
        couriers.deliver(LONG);
        assertThat(only().state()).isEqualTo(Delivery.State.DELIVERED);
        assertThat(server.told)
                .extracting(told -> told.headers().getFirst("webhook-id"))
                .containsOnly(only().id());
    }

    @Test
    void a_pause_that_the_receiver_asks_for_is_kept_but_no_longer_than_an_hour() throws Exception {
        server.answering(429, "Retry-After", "300");
        Receiver hook = webhook("hook", server.address());
        tell(overdue("erp"), hook);
        Couriers couriers = couriers(hook);
        couriers.deliver(LONG);
        assertThat(only().due()).isEqualTo(NOON.plusSeconds(300));

        server.answering(503, "Retry-After", "999999999");
        clock.turn(Duration.ofMinutes(5));
        couriers.deliver(LONG);
        assertThat(only().due()).isEqualTo(NOON.plusSeconds(300 + 3600));
    }

    @Test
    void a_redirect_is_not_followed_and_says_what_to_do() throws Exception {
        try (HttpReceiver elsewhere = new HttpReceiver()) {
            server.answering(307, "Location", elsewhere.address());
            Receiver hook = webhook("hook", server.address());
            tell(overdue("erp"), hook);
            Couriers couriers = couriers(hook);
            for (int hour = 0; hour < 5; hour++) {
                couriers.deliver(LONG);
                clock.turn(Duration.ofHours(1));
            }
            assertThat(elsewhere.told).isEmpty();
            assertThat(server.told).hasSize(3);
            assertThat(only().state()).isEqualTo(Delivery.State.GIVEN_UP);
            assertThat(only().last().flatMap(last -> last.problem()))
                    .hasValueSatisfying(problem -> assertThat(problem.remedy()).contains("new address"));
        }
    }

    @Test
    void a_body_without_an_end_is_not_read_to_its_end() throws Exception {
        server.that(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                byte[] much = "more and ".repeat(1000).getBytes(StandardCharsets.UTF_8);
                while (end.getCount() > 0) {
                    body.write(much);
                }
            }
        });
        Receiver hook = webhook("hook", server.address());
        tell(overdue("erp"), hook);
        couriers(hook).deliver(LONG);
        assertThat(only().state()).isEqualTo(Delivery.State.DELIVERED);
    }

    @Test
    void one_that_hangs_holds_up_no_other_and_who_waits_for_it_waits_no_longer_than_he_said() throws Exception {
        try (HttpReceiver hanging = new HttpReceiver().that(exchange -> {
            try {
                end.await();
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
            }
        })) {
            Receiver slow = webhook("slow", hanging.address());
            Receiver hook = webhook("hook", server.address());
            tell(overdue("erp"), slow, hook);
            Couriers couriers = couriers(slow, hook);
            long begun = System.nanoTime();
            couriers.deliver(Duration.ofMillis(700));
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(1400));
            await().until(() -> !server.told.isEmpty());
            await().atMost(LONG).until(() -> outbox.newest(2).stream().allMatch(one -> one.attempts() == 1));
            assertThat(outbox.newest(2))
                    .filteredOn(one -> one.receiver().equals("slow"))
                    .allSatisfy(one -> {
                        assertThat(one.state()).isEqualTo(Delivery.State.WAITING);
                        assertThat(one.last()
                                        .flatMap(last -> last.problem())
                                        .orElseThrow()
                                        .what())
                                .contains("did not answer in time");
                    });
        }
    }

    @Test
    void one_that_is_gone_for_good_is_given_up_after_three_days_with_a_record() throws Exception {
        Receiver gone = webhook("gone", "http://127.0.0.1:1/hook");
        tell(overdue("erp"), gone);
        Couriers couriers = couriers(gone);
        for (int half = 0; half < 160 && only().state() == Delivery.State.WAITING; half++) {
            couriers.deliver(LONG);
            clock.turn(Duration.ofMinutes(30));
        }
        assertThat(only().state()).isEqualTo(Delivery.State.GIVEN_UP);
        assertThat(only().attempts()).isGreaterThan(70);
        assertThat(only().last().map(last -> last.at()).orElseThrow())
                .isBetween(NOON.plus(Duration.ofHours(70)), NOON.plus(Duration.ofHours(72)));
    }

    @Test
    void what_waits_for_a_receiver_that_nobody_knows_any_more_is_given_up_with_a_record() throws Exception {
        tell(overdue("erp"), webhook("old", server.address()));
        Couriers couriers = couriers(webhook("new", server.address()));
        couriers.deliver(LONG);
        assertThat(only().state()).isEqualTo(Delivery.State.WAITING);
        clock.turn(Duration.ofDays(4));
        couriers.deliver(LONG);
        assertThat(only().state()).isEqualTo(Delivery.State.GIVEN_UP);
        assertThat(only().last().flatMap(last -> last.problem())).isPresent();
        assertThat(server.told).isEmpty();
    }

    @Test
    void two_who_deliver_from_one_outbox_tell_everything_once() throws Exception {
        Receiver hook = webhook("hook", server.address());
        for (int system = 0; system < 40; system++) {
            tell(overdue("erp-" + system), hook);
        }
        Couriers one = couriers(hook);
        Couriers other = couriers(hook);
        one.start();
        other.start();
        await().atMost(LONG)
                .until(() -> outbox.newest(50).stream().allMatch(each -> each.state() == Delivery.State.DELIVERED));
        assertThat(server.told).hasSize(40);
        assertThat(server.told)
                .extracting(told -> told.headers().getFirst("webhook-id"))
                .doesNotHaveDuplicates();
    }

    @Test
    void what_was_being_sent_when_the_process_died_is_sent_again_once_nobody_holds_it() throws Exception {
        Receiver hook = webhook("hook", server.address());
        tell(overdue("erp"), hook);
        assertThat(outbox.claim("hook", "who dies", NOON, Duration.ofMinutes(2)))
                .isPresent();

        Couriers next = couriers(hook);
        next.deliver(LONG);
        assertThat(server.told).isEmpty();
        assertThat(only().state()).isEqualTo(Delivery.State.WAITING);
        clock.turn(Duration.ofMinutes(2));
        next.deliver(LONG);
        assertThat(server.told).hasSize(1);
        assertThat(only().state()).isEqualTo(Delivery.State.DELIVERED);
    }

    @Test
    void hostile_names_stay_names_in_every_form() throws Exception {
        Receiver hook = webhook("hook", server.address());
        Receiver chat = receiver("chat", new Slack(posting(server.address())));
        Receiver pager = receiver("pager", new PagerDuty(posting(server.address()), () -> new Secret("routing")));
        tell(news(News.Kind.FAILED, HOSTILE, HOSTILE.repeat(200)), hook, chat, pager);
        couriers(hook, chat, pager).deliver(LONG);

        assertThat(server.told).hasSize(3).allSatisfy(told -> {
            assertThat(json(told.body()).isObject()).isTrue();
            assertThat(told.body()).doesNotContain("\u202e");
        });
        List<JsonNode> bodies =
                server.told.stream().map(told -> json(told.body())).toList();
        String text = bodies.stream()
                .filter(body -> body.has("text"))
                .map(body -> body.path("text").asString())
                .findFirst()
                .orElseThrow();
        assertThat(text).startsWith(":x: *Failed*").contains("&lt;!channel&gt;").doesNotContain("<", ">");
        assertThat(text.length()).isLessThanOrEqualTo(3001);
        JsonNode event = bodies.stream()
                .filter(body -> body.has("routing_key"))
                .findFirst()
                .orElseThrow();
        assertThat(event.path("event_action").asString()).isEqualTo("trigger");
        assertThat(event.path("payload").path("summary").asString()).hasSizeLessThanOrEqualTo(1024);
        assertThat(event.path("payload").path("severity").asString()).isEqualTo("critical");
    }

    @Test
    void those_on_call_hear_that_it_is_over_by_the_key_of_what_they_were_called_for() throws Exception {
        Receiver pager = receiver("pager", new PagerDuty(posting(server.address()), () -> new Secret("routing")));
        tell(news(News.Kind.FAILED, "erp", "A file is missing"), pager);
        couriers(pager).deliver(LONG);
        tell(news(News.Kind.PASSED_AGAIN, "erp", "4 of 4 checks passed"), pager);
        couriers(pager).deliver(LONG);

        List<JsonNode> events =
                server.told.stream().map(told -> json(told.body())).toList();
        assertThat(events)
                .extracting(event -> event.path("event_action").asString())
                .containsExactly("trigger", "resolve");
        assertThat(events)
                .extracting(event -> event.path("dedup_key").asString())
                .containsOnly("muster: erp");
    }

    @Test
    void a_receiver_hears_only_what_it_wants() {
        Channel nowhere = new Slack(posting(server.address()));
        Receiver some = new Receiver("some", Set.of(News.Kind.FAILED), List.of("erp-*", "shop"), nowhere);
        assertThat(some.wants(news(News.Kind.FAILED, "erp-north", "x"))).isTrue();
        assertThat(some.wants(news(News.Kind.FAILED, "shop", "x"))).isTrue();
        assertThat(some.wants(news(News.Kind.FAILED, "shop-2", "x"))).isFalse();
        assertThat(some.wants(news(News.Kind.OVERDUE, "erp-north", "x"))).isFalse();
        assertThat(Receiver.USUAL).hasSize(News.Kind.values().length - 1).doesNotContain(News.Kind.PASSED);
        assertThat(Arrays.stream(News.Kind.values()).map(KindWords::label).map(KindWords::of))
                .allMatch(Optional::isPresent);
    }

    @Test
    void a_test_says_that_it_is_one_and_what_was_answered() throws Exception {
        server.answering(404);
        Answer answer = couriers(webhook("hook", server.address())).attempt("hook");
        assertThat(answer.said()).isEqualTo("404");
        assertThat(answer.problem()).isPresent();
        assertThat(json(server.told.get(0).body()).path("type").asString()).isEqualTo("muster.test");
        assertThat(outbox.newest(10)).isEmpty();
    }
}
