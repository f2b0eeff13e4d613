package dev.muster.orchestrator.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.drill.Stage;
import dev.muster.orchestrator.WorkDone;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes over between a worker and whoever has the work done. */
class RemoteWorkTest {
    @TempDir
    private Path folder;

    private BothEnds ends;

    @BeforeEach
    void open_line() {
        ends = new BothEnds(folder, Clock.systemUTC());
    }

    @AfterEach
    void close_desk() {
        ends.close();
    }

    @Test
    void what_the_worker_says_comes_over_in_order_and_so_does_what_it_observed() throws Exception {
        ends.serve((task, outside, stop, progress) -> {
            progress.begins(Stage.FETCH);
            progress.advances("fetch: database", 5, 10, Progress.Unit.BYTES);
            progress.advances("fetch: database", 6, 10, Progress.Unit.BYTES);
            progress.advances("fetch: database", 10, 10, Progress.Unit.BYTES);
            progress.says("vault at " + task.vaults().get(0).endpoint().orElseThrow());
            return BothEnds.done(Map.of("order", task.order().drill()), new WorkDone.Ended.Whole());
        });

        WorkDone done = ends.work();

        assertThat(ends.heard)
                .containsExactly(
                        "FETCH",
                        "fetch: database 5 of 10",
                        "fetch: database 10 of 10",
                        "vault at http://vault.inside:9000");
        assertThat(done.environment()).containsEntry("order", "drill-1").containsKey("clock of the scratch's node");
        assertThat(done.ended()).isEqualTo(new WorkDone.Ended.Whole());
    }

    @Test
    void a_question_that_cannot_be_answered_is_a_problem_of_the_worker() throws Exception {
        ends.serve((task, outside, stop, progress) -> {
            try {
                outside.baseline(Instant.EPOCH);
                return BothEnds.done(Map.of(), new WorkDone.Ended.Whole());
            } catch (CouldNotRun unable) {
                return BothEnds.done(Map.of(), new WorkDone.Ended.Unable(unable.problem()));
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        });

        assertThat(ends.work().ended())
                .isEqualTo(new WorkDone.Ended.Unable(new Problem("There is no baseline", "here", "Make one.")));
    }

    @Test
    void a_worker_of_another_version_is_refused() throws Exception {
        ends.serve("0.9", (task, outside, stop, progress) -> BothEnds.done(Map.of(), new WorkDone.Ended.Whole()));

        assertThatThrownBy(ends::work)
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("The worker is Muster 0.9, and this is Muster 1.0");
    }

    @Test
    void a_program_that_the_settings_name_is_carried_to_where_the_application_starts() throws Exception {
        ends.serve((task, outside, stop, progress) -> {
            try {
                Path carried = task.programs().get("odoo");
                progress.says(Files.readString(carried) + Files.isExecutable(carried));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
            return BothEnds.done(Map.of(), new WorkDone.Ended.Whole());
        });

        ends.work();

        assertThat(ends.heard).containsExactly("the program true");
    }
}
