package dev.muster.orchestrator.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.orchestrator.WorkDone;
import dev.muster.testing.TurnedClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a drill whose line to its worker breaks, dies or stays silent; over a real socket. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AttendanceTest {
    private static final Instant BEGIN = Instant.parse("2026-11-21T03:00:00Z");

    @TempDir
    private Path folder;

    private final TurnedClock clock = TurnedClock.at(BEGIN);
    private final CountDownLatch mayGoOn = new CountDownLatch(1);
    private BothEnds ends;

    @BeforeEach
    void open_line() {
        ends = new BothEnds(folder, clock);
    }

    @AfterEach
    void close_desk() {
        mayGoOn.countDown();
        ends.close();
    }

    @Test
    void a_conversation_that_breaks_off_is_taken_up_where_it_did() throws Exception {
        CountDownLatch halfway = new CountDownLatch(1);
        ends.serve((task, outside, stop, progress) -> {
            for (int number = 0; number < 50; number++) {
                progress.says("line " + number);
                if (number == 25) {
                    halfway.countDown();
                    await().until(() -> mayGoOn.getCount() == 0);
                }
            }
            return BothEnds.done(Map.of(), new WorkDone.Ended.Whole());
        });
        meanwhile(() -> {
            await().until(() -> ends.heard.contains("line 25"));
            ends.line.cut(2);
            mayGoOn.countDown();
        });

        ends.work();

        assertThat(halfway.getCount()).isZero();
        assertThat(ends.line.opened.get()).isGreaterThan(1);
        assertThat(ends.heard)
                .hasSize(50)
                .doesNotHaveDuplicates()
                .startsWith("line 0")
                .endsWith("line 49");
    }

    @Test
    void a_question_whose_answer_was_lost_is_answered_again_and_not_done_twice() throws Exception {
        ends.line.deafen();
        ends.serve((task, outside, stop, progress) -> {
            try {
                outside.cutOff();
                progress.says("cut off");
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
            return BothEnds.done(Map.of(), new WorkDone.Ended.Whole());
        });
        meanwhile(() -> {
            await().until(() -> ends.cutOffs.get() == 1);
            ends.line.hear();
            ends.line.cut(0);
        });

        ends.work();

        assertThat(ends.heard).containsExactly("cut off");
        assertThat(ends.cutOffs).hasValue(1);
    }

    @Test
    void a_line_that_does_not_take_what_is_said_is_dialled_again() throws Exception {
        ends.line.choke();
        ends.serve((task, outside, stop, progress) -> {
            try {
                outside.cutOff();
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
            return BothEnds.done(Map.of(), new WorkDone.Ended.Whole());
        });

        ends.work();

        assertThat(ends.cutOffs).hasValue(1);
        assertThat(ends.line.opened).hasValue(2);
    }

    @Test
    void a_line_over_which_nothing_comes_for_a_minute_is_dialled_again() throws Exception {
        ends.line.die();
        ends.serve((task, outside, stop, progress) -> {
            progress.says("working");
            return BothEnds.done(Map.of(), new WorkDone.Ended.Whole());
        });
        meanwhile(() -> {
            await().until(() -> ends.line.lost() > 0);
            clock.turn(Duration.ofSeconds(61));
            await().until(() -> ends.line.opened.get() == 2);
        });

        ends.work();

        assertThat(ends.line.opened).hasValue(2);
        assertThat(ends.heard).containsExactly("working");
    }

    @Test
    void a_line_over_which_something_comes_every_minute_is_held() throws Exception {
        ends.serve((task, outside, stop, progress) -> {
            progress.says("working");
            await().until(() -> clock.instant().isAfter(BEGIN));
            progress.says("still working");
            await().until(() -> mayGoOn.getCount() == 0);
            return BothEnds.done(Map.of(), new WorkDone.Ended.Whole());
        });
        meanwhile(() -> {
            await().until(() -> ends.heard.contains("working"));
            clock.turn(Duration.ofSeconds(50));
            await().until(() -> ends.heard.contains("still working"));
            clock.turn(Duration.ofSeconds(50));
            // Whoever looks after the line has looked by then.
            await().during(Duration.ofSeconds(1)).until(() -> ends.line.opened.get() == 1);
            mayGoOn.countDown();
        });

        ends.work();

        assertThat(ends.line.opened).hasValue(1);
    }

    @Test
    void a_cancel_reaches_the_worker_and_what_it_had_observed_comes_back() throws Exception {
        ends.serve((task, outside, stop, progress) -> {
            progress.says("working");
            await().until(() -> stop.reason().isPresent());
            return BothEnds.done(
                    Map.of("seen", "half"),
                    new WorkDone.Ended.Stopped(stop.reason().orElseThrow()));
        });
        meanwhile(() -> {
            await().until(() -> ends.heard.contains("working"));
            ends.cancellation.cancel("enough");
        });

        WorkDone done = ends.work();

        assertThat(done.ended()).isEqualTo(new WorkDone.Ended.Stopped("enough"));
        assertThat(done.environment()).containsEntry("seen", "half");
    }

    @Test
    void a_worker_that_is_asked_to_stop_and_says_nothing_is_not_waited_for() throws Exception {
        ends.serve((task, outside, stop, progress) -> {
            progress.says("working");
            await().until(() -> mayGoOn.getCount() == 0);
            return BothEnds.done(Map.of(), new WorkDone.Ended.Whole());
        });
        meanwhile(() -> {
            await().until(() -> ends.heard.contains("working"));
            ends.cancellation.cancel("enough");
            clock.turn(Duration.ofSeconds(21));
            await().until(() -> mayGoOn.getCount() == 0);
        });

        assertThatThrownBy(ends::work)
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("did not answer when it was asked to stop (enough)");
        assertThat(clock.instant()).isEqualTo(BEGIN.plusSeconds(21));
    }

    @Test
    void a_worker_that_is_gone_is_said_to_be_at_once() throws Exception {
        ends.serve((task, outside, stop, progress) -> {
            progress.says("working");
            await().until(() -> mayGoOn.getCount() == 0);
            return BothEnds.done(Map.of(), new WorkDone.Ended.Whole());
        });
        meanwhile(() -> {
            await().until(() -> ends.heard.contains("working"));
            ends.line.gone(new Problem("The pod was killed", "pod drill", "Give it more memory."));
            await().until(() -> mayGoOn.getCount() == 0);
        });

        assertThatThrownBy(ends::work).isInstanceOf(CouldNotRun.class).hasMessageContaining("The pod was killed");
    }

    @Test
    void what_goes_wrong_within_is_explained_by_what_is_seen_from_outside_a_moment_later() throws Exception {
        Problem within = new Problem("The container has ended in the middle of the work", "database", "See why.");
        Problem outside = new Problem("The container was killed (OOMKilled)", "pod drill, container database", "More.");
        ends.serve((task, asked, stop, progress) -> {
            ends.line.gone(outside, 8);
            return BothEnds.done(Map.of("seen", "half"), new WorkDone.Ended.Unable(within));
        });

        WorkDone done = ends.work();

        assertThat(done.ended()).isEqualTo(new WorkDone.Ended.Unable(outside));
        assertThat(done.environment()).containsEntry("seen", "half");
    }

    @Test
    void a_worker_that_talks_rubbish_is_given_up_when_the_drill_s_time_is_over() {
        ends.line.says("rubbish\n{\"number\":1,\"said\":{\"is\":\"Runtime\"}}\n");
        meanwhile(() -> {
            await().until(() -> ends.line.opened.get() > 1);
            clock.turn(Duration.ofMinutes(6));
        });

        assertThatThrownBy(ends::work).isInstanceOf(CouldNotRun.class).hasMessageContaining("time to live was over");
    }

    private void meanwhile(Runnable work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (ConditionTimeoutException never) {
                // Whoever waits for what does not come would wait for ever by a clock that stands still.
                clock.turn(Duration.ofHours(1));
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
