package dev.muster.scratch.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.drill.Problem;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How it is told whether an application's workloads are up. */
class RolloutTest {
    private final Deployment wanted = new DeploymentBuilder()
            .withNewMetadata()
            .withName("shop")
            .withGeneration(2L)
            .endMetadata()
            .withNewSpec()
            .withReplicas(2)
            .endSpec()
            .build();

    @Test
    void it_is_up_when_all_replicas_of_the_newest_generation_are() {
        assertThat(end(up(2L, 2))).isTrue();
        assertThat(end(up(2L, 1))).isFalse();
        assertThat(end(up(1L, 2))).isFalse();
        assertThat(end()).isFalse();
        assertThat(new Rollout(List.of(wanted)).waitsFor(List.of(up(2L, 1)))).isEqualTo("Deployment/shop (1 of 2 up)");
    }

    @Test
    void a_job_is_awaited_to_its_end_and_its_failure_is_told() {
        assertThat(new Rollout(List.of(job(""))).end(List.of(job("")))).isEmpty();
        assertThat(new Rollout(List.of(job("")))
                        .end(List.of(job("Complete")))
                        .orElseThrow()
                        .trouble())
                .isEmpty();
        assertThat(problem(new Rollout(List.of(job(""))), job("Failed")).what()).contains("The job has failed");
    }

    @Test
    void a_controller_that_may_make_no_pods_is_told_with_its_words() {
        assertThat(problem(
                                new Rollout(List.of(wanted)),
                                new EventBuilder()
                                        .withNewMetadata()
                                        .withName("e")
                                        .endMetadata()
                                        .withReason("FailedCreate")
                                        .withMessage("exceeded quota: drill.")
                                        .withNewInvolvedObject()
                                        .withKind("ReplicaSet")
                                        .withName("shop-1")
                                        .endInvolvedObject()
                                        .build())
                        .toString())
                .contains("exceeded quota: drill (ReplicaSet/shop-1).");
    }

    @Test
    void containers_in_trouble_are_told_and_healthy_ones_are_not() {
        Rollout rollout = new Rollout(List.of(wanted));
        assertThat(problem(rollout, waiting("ImagePullBackOff")).what()).contains("cannot be had");
        assertThat(problem(rollout, waiting("CreateContainerConfigError")).what())
                .contains("cannot be started");
        assertThat(problem(rollout, ended("Error", 3, 3)).what()).contains("again and again, last with exit code 3");
        assertThat(problem(rollout, ended("OOMKilled", 137, 1)).what()).contains("OOMKilled");
        assertThat(rollout.end(List.of(ended("Error", 1, 1)))).isEmpty();
        assertThat(rollout.end(List.of(waiting("ContainerCreating")))).isEmpty();
    }

    private boolean end(HasMetadata... seen) {
        return new Rollout(List.of(wanted)).end(List.of(seen)).isPresent();
    }

    private static Problem problem(Rollout rollout, HasMetadata seen) {
        return rollout.end(List.of(seen)).orElseThrow().trouble().orElseThrow();
    }

    private Deployment up(long generation, int available) {
        return new DeploymentBuilder(wanted)
                .withNewStatus()
                .withObservedGeneration(generation)
                .withAvailableReplicas(available)
                .endStatus()
                .build();
    }

    private static Job job(String condition) {
        return new JobBuilder()
                .withNewMetadata()
                .withName("migrate")
                .endMetadata()
                .withNewStatus()
                .addNewCondition()
                .withType(condition)
                .withStatus("True")
                .withMessage("BackoffLimitExceeded")
                .endCondition()
                .endStatus()
                .build();
    }

    private static Pod waiting(String reason) {
        return pod(shop().withState(Seen.waiting(reason, "")));
    }

    private static Pod ended(String reason, int code, int restarts) {
        return pod(shop().withRestartCount(restarts).withState(Seen.running()).withLastState(Seen.ended(reason, code)));
    }

    private static ContainerStatusBuilder shop() {
        return new ContainerStatusBuilder().withName("shop").withImage("i");
    }

    private static Pod pod(ContainerStatusBuilder container) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("shop-1")
                .endMetadata()
                .withNewStatus()
                .withContainerStatuses(container.build())
                .endStatus()
                .build();
    }
}
