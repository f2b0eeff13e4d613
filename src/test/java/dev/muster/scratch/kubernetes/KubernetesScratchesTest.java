package dev.muster.scratch.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.drill.OpenScratch;
import dev.muster.drill.TeardownReceipt;
import dev.muster.scratch.kubernetes.StagedScratches.Held;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every scratch of a cluster, known from what is written on it, over real HTTP. */
class KubernetesScratchesTest {
    private final StagedDrill drill = new StagedDrill();

    @AfterEach
    void leave() {
        drill.close();
    }

    @Test
    void refuses_a_namespace_that_somebody_else_has_made() {
        drill.server.put(StagedDrill.HOME, Seen.namespace());

        assertThat(StagedDrill.problem(() -> drill.scratches.open(drill.opening(Optional.empty())))
                        .where())
                .contains("namespace " + StagedDrill.NAMESPACE);

        assertThat(drill.server.asked("PATCH")).isEmpty();
        assertThat(drill.server.asked("DELETE")).isEmpty();
    }

    @Test
    void refuses_a_shared_namespace_that_nobody_has_prepared() {
        drill.server.put(
                "/api/v1/namespaces/shared",
                new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("shared")
                        .endMetadata()
                        .build());

        assertThat(StagedDrill.problem(() -> drill.scratches.open(drill.opening(Optional.of("shared"))))
                        .what())
                .contains("Nobody has prepared");
        assertThat(drill.server.asked("POST")).isEmpty();
    }

    @Test
    void a_guarded_namespace_is_not_even_asked_for() {
        assertThat(StagedDrill.problem(() -> drill.scratches.open(drill.opening(Optional.of("kube-system"))))
                        .what())
                .contains("guarded");
        assertThat(drill.server.asked).isEmpty();
    }

    @Test
    void knows_every_scratch_from_what_is_written_on_it() {
        drill.standing.stands("mine", Held.BY_THIS_PROCESS);
        drill.standing.stands("left", Held.BY_A_PROCESS_THAT_IS_SILENT);
        drill.standing.stands("killed", Held.BY_A_PROCESS_THAT_WAS_KILLED);
        drill.standing.stands("held", Held.BY_A_PROCESS_ELSEWHERE);
        drill.standing.stands("kept", Held.BY_A_PERSON);
        drill.server.put(StagedDrill.HOME, Seen.namespace());

        assertThat(drill.scratches.list())
                .extracting(OpenScratch::drill)
                .containsExactlyInAnyOrder("mine", "left", "killed", "held", "kept");
        assertThat(drill.scratches.list())
                .filteredOn(OpenScratch::owned)
                .extracting(OpenScratch::drill)
                .containsExactlyInAnyOrder("mine", "held");
        assertThat(drill.scratches.leftBehind()).isEqualTo(2);
        assertThat(drill.scratches.has("muster-kept")).isTrue();
        assertThat(drill.scratches.has(StagedDrill.NAMESPACE)).isFalse();
        Instant before = open("muster-kept").expires();
        assertThat(drill.scratches.extend("muster-kept", Duration.ofHours(1)).expires())
                .isEqualTo(before.plusSeconds(3600));
    }

    @Test
    void refuses_to_remove_what_a_drill_uses_and_removes_what_is_left_or_kept() {
        drill.standing.stands("mine", Held.BY_THIS_PROCESS);
        drill.standing.stands("left", Held.BY_A_PROCESS_THAT_IS_SILENT);
        drill.standing.stands("killed", Held.BY_A_PROCESS_THAT_WAS_KILLED);
        drill.standing.stands("kept", Held.BY_A_PERSON);

        assertThat(StagedDrill.problem(() -> drill.scratches.remove("muster-mine"))
                        .what())
                .contains("in use");
        assertThat(drill.scratches.remove("muster-left").removed()).isTrue();
        assertThat(drill.scratches.remove("muster-killed").removed()).isTrue();
        assertThat(drill.scratches.remove("muster-kept").removed()).isTrue();
        assertThat(drill.scratches.list()).extracting(OpenScratch::drill).containsExactly("mine");
    }

    @Test
    void does_not_remove_the_scratch_of_an_owner_that_speaks_up_again() {
        drill.standing.stands("silent", Held.BY_A_PROCESS_THAT_IS_SILENT);
        CompletableFuture<TeardownReceipt> removal =
                CompletableFuture.supplyAsync(() -> drill.scratches.remove("muster-silent"));
        await().until(() -> drill.standing.watching() == 1);

        drill.standing.stands("silent", Held.BY_A_PROCESS_ELSEWHERE);

        assertThat(StagedDrill.failure(removal).what()).contains("in use");
        assertThat(drill.there("/api/v1/namespaces/muster-silent")).isTrue();
    }

    @Test
    void a_cluster_that_is_away_is_a_problem_for_those_alone_who_want_something_of_it() {
        drill.standing.stands("kept", Held.BY_A_PERSON);
        assertThat(drill.scratches.list()).hasSize(1);
        drill.server.close();

        assertThat(drill.scratches.list()).isEmpty();
        assertThat(drill.scratches.open()).isZero();
        assertThat(StagedDrill.problem(() -> drill.scratches.remove("muster-kept"))
                        .what())
                .contains("does not answer");
    }

    private OpenScratch open(String id) {
        return drill.scratches.list().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
