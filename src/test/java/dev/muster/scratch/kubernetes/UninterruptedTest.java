package dev.muster.scratch.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class UninterruptedTest {
    @Test
    void work_is_done_to_its_end_though_nobody_wants_it_any_more() {
        Thread.currentThread().interrupt();

        assertThat(Uninterrupted.run(() -> !Thread.currentThread().isInterrupted()))
                .isTrue();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void a_problem_is_handed_on_as_it_is() {
        CouldNotRun unable = new CouldNotRun(new Problem("It cannot be", "here", "Go there."));

        assertThatThrownBy(() -> Uninterrupted.run(() -> {
                    throw unable;
                }))
                .isSameAs(unable);
    }

    @Test
    @Timeout(10)
    void nobody_waits_for_work_that_ended_by_an_error() {
        assertThatThrownBy(() -> Uninterrupted.run(() -> {
                    throw new NoClassDefFoundError("gone");
                }))
                .hasRootCauseMessage("gone");
    }
}
