package dev.muster.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Progress;
import dev.muster.drill.Stage;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class StagesTest {
    private final Cancellation cancellation = new Cancellation();
    private final CountDownLatch never = new CountDownLatch(1);
    private final AtomicBoolean interrupted = new AtomicBoolean();

    @Test
    void hands_on_what_the_work_returns_and_what_it_throws() throws Exception {
        try (Stages stages = stages(Duration.ofMinutes(1), Map.of())) {
            assertThat(stages.run(Stage.PLAN, () -> "chosen")).isEqualTo("chosen");
            assertThatThrownBy(() -> stages.run(Stage.FETCH, () -> {
                        throw new IOException("gone");
                    }))
                    .isInstanceOf(IOException.class)
                    .hasMessage("gone");
        }
    }

    @Test
    void what_is_logged_belongs_to_the_drill_in_every_thread_of_it() throws Exception {
        List<String> drills = new CopyOnWriteArrayList<>();
        Callable<Void> work = () -> {
            drills.add(String.valueOf(MDC.get("drill")));
            return null;
        };
        try (Stages stages = stages(Duration.ofMinutes(1), Map.of())) {
            Logged.<Void, Exception>as("shop-1", () -> {
                stages.run(Stage.RESTORE, () -> {
                    stages.together(List.of(work, work));
                    return work.call();
                });
                Logged.<Void, Exception>as("shop-2", work::call);
                return work.call();
            });
            stages.together(List.of(work, work));
            work.call();
        }
        assertThat(drills).containsExactly("shop-1", "shop-1", "shop-1", "shop-2", "shop-1", "null", "null", "null");
    }

    @Test
    void a_stage_is_stopped_at_its_own_deadline_and_says_which_setting_to_raise() {
        try (Stages stages = stages(Duration.ofMinutes(1), Map.of(Stage.RESTORE, Duration.ofMillis(100)))) {
            assertThatThrownBy(() -> stages.run(Stage.RESTORE, this::hang))
                    .isInstanceOf(CouldNotRun.class)
                    .hasMessageContaining("deadlines.restore");
            assertThat(interrupted).isTrue();
        }
    }

    @Test
    void the_drills_time_to_live_stops_a_stage_without_a_deadline() {
        try (Stages stages = stages(Duration.ofMillis(100), Map.of())) {
            assertThatThrownBy(() -> stages.run(Stage.CHECK, this::hang))
                    .isInstanceOf(CouldNotRun.class)
                    .hasMessageContaining("scratch.timeToLive");
        }
    }

    @Test
    void a_cancel_stops_work_that_runs_side_by_side() throws Exception {
        try (Stages stages = stages(Duration.ofMinutes(1), Map.of())) {
            CountDownLatch both = new CountDownLatch(2);
            Thread canceller = new Thread(() -> {
                try {
                    both.await();
                    cancellation.cancel("somebody asked");
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
            });
            canceller.start();
            assertThatThrownBy(() -> stages.run(Stage.RESTORE, () -> {
                        stages.together(List.of(() -> hang(both), () -> hang(both)));
                        return null;
                    }))
                    .isInstanceOf(Aborted.class)
                    .hasMessage("somebody asked");
            canceller.join();
        }
    }

    @Test
    void an_interrupt_of_the_one_who_waits_stops_the_work_too() {
        try (Stages stages = stages(Duration.ofMinutes(1), Map.of())) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> stages.run(Stage.RESTORE, this::hang)).isInstanceOf(Aborted.class);
            assertThat(Thread.interrupted()).isFalse();
        }
    }

    @Test
    void nothing_begins_once_the_drill_is_cancelled() {
        cancellation.cancel("too late");
        try (Stages stages = stages(Duration.ofMinutes(1), Map.of())) {
            assertThatThrownBy(() -> stages.run(Stage.PLAN, this::hang)).isInstanceOf(Aborted.class);
        }
    }

    private Stages stages(Duration timeToLive, Map<Stage, Duration> deadlines) {
        return new Stages(
                Sample.runbook(Map.of(), timeToLive, deadlines), Clock.systemUTC(), cancellation, Progress.SILENT);
    }

    private Void hang(CountDownLatch begun) throws InterruptedException {
        begun.countDown();
        return hang();
    }

    private Void hang() throws InterruptedException {
        try {
            never.await();
            return null;
        } catch (InterruptedException stopped) {
            interrupted.set(true);
            throw stopped;
        }
    }
}
