package dev.muster.catalog.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.catalog.Catalog;
import dev.muster.drill.DrillRequest;
import dev.muster.drill.LiveDrill;
import dev.muster.drill.Progress;
import dev.muster.drill.QueuedDrill;
import dev.muster.drill.QueuedDrill.State;
import dev.muster.drill.Stage;
import dev.muster.drill.Verdict;
import dev.muster.drill.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a queue does on whatever database it lies in. */
abstract class QueueContract {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private Catalog catalog;
    private Queue queue;

    abstract Catalog hold();

    @BeforeEach
    void opens() {
        catalog = hold();
        queue = new Queue(catalog);
    }

    @AfterEach
    void closes() {
        catalog.close();
    }

    private static QueuedDrill asked(String drill, String system, int minute) {
        return drill(drill, system, minute, Optional.empty(), 1, State.WAITING);
    }

    private static QueuedDrill drill(
            String drill, String system, int minute, Optional<Instant> slot, int attempt, State state) {
        return new QueuedDrill(
                drill,
                "monthly-" + system,
                system,
                slot,
                attempt,
                NOON.plus(Duration.ofMinutes(minute)),
                "anna",
                slot.isPresent() ? DrillRequest.Trigger.SCHEDULE : DrillRequest.Trigger.OPERATOR,
                new Wish(
                        "monthly-" + system,
                        Optional.of(NOON),
                        Map.of("database", "db/one.dump"),
                        Map.of("scratch.postgres", "16"),
                        Optional.of(Duration.ofHours(4))),
                state,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private QueuedDrill add(QueuedDrill drill) {
        return queue.add(drill, Optional.empty(), Optional.empty());
    }

    private Optional<String> take(String process) {
        return queue.take(process, NOON).map(QueuedDrill::drill);
    }

    private boolean ended(String drill, String process) {
        return queue.ended(drill, process, Optional.empty(), Optional.empty());
    }

    @Test
    void keeps_a_drill_as_it_was_asked_for() {
        QueuedDrill drill = add(asked("d1", "erp", 0));

        assertThat(queue.find("d1")).contains(drill);
        assertThat(queue.open()).containsExactly(drill);
        assertThat(queue.find("d2")).isEmpty();
    }

    @Test
    void asking_twice_with_one_key_is_asking_once() {
        queue.add(asked("d1", "erp", 0), Optional.of("key"), Optional.empty());

        assertThat(queue.add(asked("d2", "erp", 1), Optional.of("key"), Optional.empty()))
                .extracting(QueuedDrill::drill)
                .isEqualTo("d1");
        assertThat(queue.add(asked("d3", "erp", 1), Optional.of("other"), Optional.empty()))
                .extracting(QueuedDrill::drill)
                .isEqualTo("d3");
        assertThat(queue.asked("anna", "key")).map(QueuedDrill::drill).contains("d1");
        assertThat(queue.asked("bert", "key")).isEmpty();
    }

    @Test
    void an_attempt_at_a_slot_is_there_once() {
        add(drill("d1", "erp", 0, Optional.of(NOON), 1, State.WAITING));

        assertThat(add(drill("d2", "erp", 0, Optional.of(NOON), 1, State.WAITING))
                        .drill())
                .isEqualTo("d1");
        assertThat(add(drill("d3", "erp", 0, Optional.of(NOON), 2, State.WAITING))
                        .drill())
                .isEqualTo("d3");
    }

    @Test
    void the_one_that_waits_longest_is_first_and_one_that_cannot_begin_holds_up_nobody() {
        add(asked("third", "shop", 3));
        add(asked("second", "erp", 2));
        add(asked("first", "erp", 1));

        assertThat(take("p")).contains("first");
        assertThat(take("q")).contains("third");
        assertThat(take("p")).isEmpty();
        assertThat(queue.find("second").flatMap(QueuedDrill::waitsFor))
                .contains("the drill first of the same system runs");
        assertThat(queue.open()).extracting(QueuedDrill::drill).containsExactly("first", "third", "second");

        assertThat(ended("first", "q")).as("conducted by another").isFalse();
        assertThat(ended("first", "p")).isTrue();
        assertThat(take("q")).contains("second");
        assertThat(queue.find("second").flatMap(QueuedDrill::waitsFor)).isEmpty();
        assertThat(queue.conductedBy("q")).extracting(QueuedDrill::drill).containsExactly("second", "third");
    }

    @Test
    void one_that_is_to_be_tried_later_waits_until_then() {
        queue.add(asked("d1", "erp", 0), Optional.empty(), Optional.of(NOON.plusSeconds(60)));

        assertThat(take("p")).isEmpty();
        assertThat(queue.find("d1").flatMap(QueuedDrill::waitsFor)).contains("the pause before it is tried again");
        assertThat(queue.take("p", NOON.plusSeconds(60))).isPresent();
    }

    @Test
    void the_next_attempt_comes_with_the_end_of_the_one_before() {
        add(drill("d1", "erp", 0, Optional.of(NOON), 1, State.WAITING));
        take("p");
        QueuedDrill again = drill("d2", "erp", 1, Optional.of(NOON), 2, State.WAITING);

        assertThat(queue.ended("d1", "q", Optional.of(again), Optional.empty())).isFalse();
        assertThat(queue.find("d2")).isEmpty();
        assertThat(queue.ended("d1", "p", Optional.of(again), Optional.of(NOON.plusSeconds(9))))
                .isTrue();
        assertThat(take("p")).isEmpty();
        assertThat(queue.take("p", NOON.plusSeconds(9)))
                .contains(queue.find("d2").orElseThrow());
    }

    @Test
    void nothing_begins_before_it_is_approved() {
        add(drill("d1", "erp", 0, Optional.empty(), 1, State.AWAITING_APPROVAL));

        assertThat(take("p")).isEmpty();
        assertThat(queue.approve("d1", "bert")).isTrue();
        assertThat(queue.approve("d1", "carla")).isFalse();
        assertThat(take("p")).contains("d1");
        assertThat(queue.find("d1").flatMap(QueuedDrill::approvedBy)).contains("bert");
    }

    @Test
    void what_waits_can_be_taken_back_and_what_runs_can_be_stopped() {
        add(asked("d1", "erp", 0));
        add(asked("d2", "shop", 1));
        take("p");

        assertThat(queue.withdraw("d1", "too late")).isFalse();
        assertThat(queue.stop("d1", "anna: enough")).isTrue();
        assertThat(queue.stop("d1", "bert: enough")).isTrue();
        assertThat(queue.find("d1").flatMap(QueuedDrill::stop)).contains("anna: enough");
        assertThat(queue.stop("d2", "anna: enough")).isFalse();
        assertThat(queue.withdraw("d2", "anna: not needed")).isTrue();
        assertThat(queue.find("d2")).map(QueuedDrill::state).contains(State.WITHDRAWN);
        assertThat(take("p")).isEmpty();
    }

    @Test
    void many_who_take_at_once_never_get_the_same_drill_nor_two_of_a_system() throws Exception {
        for (int drill = 0; drill < 24; drill++) {
            add(asked("d" + drill, "system-" + drill % 6, drill));
        }
        ExecutorService threads = Executors.newFixedThreadPool(6);
        List<Callable<Optional<QueuedDrill>>> takers = new ArrayList<>();
        for (int taker = 0; taker < 12; taker++) {
            String process = "p" + taker;
            takers.add(() -> queue.take(process, NOON));
        }
        Set<String> systems = new HashSet<>();
        for (Future<Optional<QueuedDrill>> taken : threads.invokeAll(takers)) {
            taken.get()
                    .ifPresent(drill -> assertThat(systems.add(drill.system())).isTrue());
        }
        threads.shutdown();

        assertThat(systems).hasSize(6);
    }

    @Test
    void one_of_many_takes_over_from_a_process_that_is_gone() {
        Presence presence = new Presence(catalog);
        presence.arrive("gone", "http://127.0.0.1:1");
        QueuedDrill first = drill("d1", "erp", 0, Optional.of(NOON), 1, State.WAITING);
        add(first);
        add(asked("d2", "shop", 1));
        take("gone");
        take("gone");
        QueuedDrill again = drill("d3", "erp", 2, Optional.of(NOON), 2, State.WAITING);

        assertThat(queue.takeOver("gone", List.of(again), Set.of("d2"))).isTrue();
        assertThat(queue.takeOver("gone", List.of(again), Set.of("d2"))).isFalse();
        assertThat(queue.find("d1")).map(QueuedDrill::state).contains(State.ENDED);
        assertThat(ended("d1", "gone")).isFalse();
        assertThat(take("p")).contains("d2");
        assertThat(take("p")).contains("d3");
        assertThat(presence.stay("gone")).isFalse();
    }

    @Test
    void knows_which_processes_are_there() {
        Presence presence = new Presence(catalog);
        presence.arrive("p", "http://127.0.0.1:1");
        presence.arrive("p", "http://127.0.0.1:2");
        assertThat(presence.stay("p")).isTrue();

        assertThat(presence.all()).singleElement().satisfies(one -> {
            assertThat(one.address()).isEqualTo("http://127.0.0.1:2");
            assertThat(one.silent()).isFalse();
        });
        catalog.work(handle -> handle.execute("update process set seen = current_timestamp - interval '61' second"));
        assertThat(presence.all()).singleElement().matches(Presence.Present::silent);
        presence.leave("p");
        assertThat(presence.all()).isEmpty();
    }

    @Test
    void shows_how_a_drill_looked_last() {
        Pictures pictures = new Pictures(catalog);
        LiveDrill picture = new LiveDrill(
                "d1",
                NOON,
                List.of(new LiveDrill.StageSpan(Stage.FETCH, NOON, Optional.of(NOON.plusSeconds(1)))),
                List.of(new LiveDrill.Work(Stage.FETCH, "db/one.dump", 10, 100, Progress.Unit.BYTES, 2.5)),
                List.of(new LiveDrill.Line(NOON, "Überall →")),
                7,
                Optional.of(Verdict.PASSED));
        pictures.keep(new LiveDrill("d1", NOON, List.of(), List.of(), List.of(), 0, Optional.empty()));
        pictures.keep(picture);

        assertThat(pictures.find("d1")).contains(picture);
        add(asked("d1", "erp", 0));
        take("p");
        pictures.forgetBefore(NOON.plusSeconds(1));
        assertThat(pictures.find("d1")).as("it runs").isPresent();
        ended("d1", "p");
        pictures.forgetBefore(NOON);
        assertThat(pictures.find("d1")).isPresent();
        pictures.forgetBefore(NOON.plusSeconds(1));
        assertThat(pictures.find("d1")).isEmpty();
    }
}
