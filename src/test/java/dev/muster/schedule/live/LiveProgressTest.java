package dev.muster.schedule.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.drill.LiveDrill;
import dev.muster.drill.Progress.Unit;
import dev.muster.drill.Stage;
import dev.muster.drill.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveProgressTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final Turned clock = new Turned();
    private final LiveProgress progress = new LiveProgress("d1", clock);

    /** A clock that a test turns. */
    private static final class Turned extends Clock {
        private Instant now = NOON;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }

        private void turn(int seconds) {
            now = now.plus(Duration.ofSeconds(seconds));
        }
    }

    private LiveDrill picture() {
        return progress.picture(Optional.empty());
    }

    @Test
    void a_stage_ends_when_the_next_begins_and_the_last_with_the_verdict() {
        progress.begins(Stage.PLAN);
        progress.begins(Stage.PLAN);
        clock.turn(2);
        progress.begins(Stage.FETCH);
        assertThat(picture().stages())
                .containsExactly(
                        new LiveDrill.StageSpan(Stage.PLAN, NOON, Optional.of(NOON.plusSeconds(2))),
                        new LiveDrill.StageSpan(Stage.FETCH, NOON.plusSeconds(2), Optional.empty()));

        clock.turn(1);
        LiveDrill last = progress.picture(Optional.of(Verdict.FAILED));
        assertThat(last.verdict()).contains(Verdict.FAILED);
        assertThat(last.stages()).allMatch(span -> span.to().isPresent());
    }

    @Test
    void a_rate_is_that_of_the_last_seconds_and_sinks_when_nothing_moves() {
        progress.begins(Stage.FETCH);
        progress.advances("db/one.dump", 0, 1000, Unit.BYTES);
        picture();
        for (int second = 1; second <= 5; second++) {
            clock.turn(1);
            progress.advances("db/one.dump", second * 100L, 1000, Unit.BYTES);
            assertThat(picture().works().get(0).perSecond()).isEqualTo(100);
        }
        for (int second = 1; second <= 6; second++) {
            clock.turn(1);
            picture();
        }
        assertThat(picture().works())
                .containsExactly(new LiveDrill.Work(Stage.FETCH, "db/one.dump", 500, 1000, Unit.BYTES, 0));
    }

    @Test
    void only_the_latest_lines_and_works_are_kept() {
        for (int line = 0; line < 600; line++) {
            progress.says("line " + line);
            progress.advances("work " + line, 1, 1, Unit.ITEMS);
        }
        progress.says("x".repeat(5000));

        LiveDrill picture = picture();
        assertThat(picture.lines()).hasSize(500);
        assertThat(picture.earlierLines()).isEqualTo(101);
        assertThat(picture.lines().get(499).text()).hasSizeLessThan(2100);
        assertThat(picture.works()).hasSize(300);
        assertThat(picture.works().get(299).name()).isEqualTo("work 599");
    }

    @Test
    void says_when_there_is_something_new() {
        picture();
        assertThat(progress.changed()).isFalse();
        progress.advances("db/one.dump", 1, 2, Unit.ITEMS);
        assertThat(progress.changed()).isTrue();
    }
}
