package dev.muster.scratch.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.scratch.kubernetes.Sight.Presence;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TroubleTest {
    @Test
    void says_nothing_of_a_pod_that_runs_nor_of_one_on_its_way() {
        assertThat(Trouble.of(Sight.NOTHING)).isEmpty();
        assertThat(Trouble.of(Seen.sight(Seen.pod()))).isEmpty();
        for (String reason : List.of("ContainerCreating", "PodInitializing")) {
            assertThat(Trouble.of(Seen.sight(Seen.pod(Seen.waiting(reason, "")))))
                    .isEmpty();
        }
        assertThat(Trouble.of(Seen.sight(Seen.pod())
                        .with(Seen.event("Pod", "drill", "Pulling", "Pulling image \"x\"", 1))
                        .with(Seen.event("Pod", "drill", "FailedMount", "timed out", 1))
                        .with(Seen.event("PersistentVolumeClaim", "data", "WaitForFirstConsumer", "waiting", 9))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ErrImagePull", "ImagePullBackOff", "ErrImageNeverPull"})
    void names_the_image_that_cannot_be_pulled(String reason) {
        Trouble trouble = lasting(Seen.sight(Seen.pod(Seen.waiting(reason, "manifest unknown"))));

        assertThat(trouble.problem().what()).contains("registry.example.com/database:1", "manifest unknown");
        assertThat(trouble.problem().where()).isEqualTo("pod muster-erp/drill, container database");
        assertThat(trouble.problem().remedy()).contains("scratch.kubernetes.image", "pullSecrets");
    }

    @Test
    void names_an_image_whose_name_is_none() {
        assertThat(lasting(Seen.sight(Seen.pod(Seen.waiting("InvalidImageName", "couldn't parse"))))
                        .problem()
                        .what())
                .contains("name", "registry.example.com/database:1");
    }

    @Test
    void names_what_a_container_lacks_to_be_started() {
        assertThat(lasting(Seen.sight(
                                Seen.pod(Seen.waiting("CreateContainerConfigError", "secret \"drill\" not found"))))
                        .problem()
                        .what())
                .contains("secret \"drill\" not found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0/3 nodes are available: 3 Insufficient cpu. preemption: 0/3 nodes are available",
                "0/3 nodes are available: 1 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }, 2"
                        + " Insufficient memory.",
                "0/1 nodes are available: 1 Too many pods.",
                "0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims.",
                "0/1 nodes are available: 1 node(s) had untolerated taint(s) {node.kubernetes.io/not-ready: }."
            })
    void waits_for_a_cluster_that_has_no_room_at_the_moment(String message) {
        Trouble trouble = Trouble.of(Seen.sight(Seen.unscheduled(message))).orElseThrow();

        assertThat(trouble.passing()).isTrue();
        assertThat(trouble.problem().what()).contains("no room");
        assertThat(trouble.problem().where()).isEqualTo("pod muster-erp/drill");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector.",
                "0/1 nodes are available: 1 node(s) had untolerated taint {dedicated: gpu}."
            })
    void does_not_wait_for_nodes_that_will_never_have_the_pod(String message) {
        assertThat(lasting(Seen.sight(Seen.unscheduled(message))).problem().remedy())
                .contains("nodeSelector", "tolerations");
    }

    @Test
    void says_that_a_volume_cannot_be_mounted_once_that_was_tried_often_enough() {
        Sight sight = Seen.sight(Seen.pod(Seen.waiting("ContainerCreating", "")));

        assertThat(Trouble.of(sight.with(Seen.event("Pod", "drill", "FailedMount", "no such device", 2))))
                .isEmpty();
        assertThat(lasting(sight.with(Seen.event("Pod", "drill", "FailedMount", "no such device", 3)))
                        .problem()
                        .what())
                .contains("no such device");
    }

    @Test
    void names_the_storage_class_that_is_not_there() {
        Sight sight = Seen.sight(Seen.unscheduled("pod has unbound immediate PersistentVolumeClaims"))
                .with(Seen.event(
                        "PersistentVolumeClaim",
                        "data",
                        "ProvisioningFailed",
                        "storageclass.storage.k8s.io \"fast\" not found",
                        1));

        assertThat(lasting(sight).problem().where()).isEqualTo("PersistentVolumeClaim muster-erp/data");
        assertThat(lasting(sight).problem().what()).contains("\"fast\" not found");
    }

    @Test
    void says_which_container_was_killed_for_its_memory() {
        Trouble trouble = lasting(Seen.sight(Seen.pod(Seen.ended("OOMKilled", 137))));

        assertThat(trouble.problem().where()).isEqualTo("pod muster-erp/drill, container database");
        assertThat(trouble.problem().remedy()).contains("scratch.kubernetes.memory");
    }

    @Test
    void a_node_that_is_not_heard_of_may_come_back() {
        Trouble trouble = Trouble.of(Seen.sight(Seen.unheard())).orElseThrow();

        assertThat(trouble.passing()).isTrue();
        assertThat(trouble.problem().what()).isEqualTo("Nothing is heard of the node node1 since 2026-11-20T03:07:00Z");
        assertThat(trouble.problem().where()).isEqualTo("pod muster-erp/drill");
    }

    @Test
    void the_memory_of_the_worker_is_a_matter_of_the_settings() {
        PodBuilder pod = Seen.pod()
                .editStatus()
                .withContainerStatuses(
                        Seen.container("worker", Seen.ended("OOMKilled", 137)).build())
                .endStatus();

        assertThat(lasting(Seen.sight(pod)).problem().remedy())
                .isEqualTo("Raise kubernetes.worker.memory in the settings.");
    }

    @Test
    void says_which_container_has_ended_and_how() {
        assertThat(lasting(Seen.sight(Seen.pod(Seen.ended("Error", 3))))
                        .problem()
                        .what())
                .contains("exit code 3");
    }

    @Test
    void says_that_a_node_short_of_disk_has_evicted_the_pod() {
        Trouble trouble = lasting(
                Seen.sight(Seen.failed("Evicted", "Usage of EmptyDir volume \"data\" exceeds the limit \"1Gi\". ")));

        assertThat(trouble.problem().what()).contains("evicted", "EmptyDir volume \"data\" exceeds");
        assertThat(trouble.problem().remedy()).contains("scratch.disk");
    }

    @Test
    void says_that_a_pod_came_to_its_deadline() {
        assertThat(lasting(Seen.sight(Seen.failed("DeadlineExceeded", "Pod was active too long")))
                        .problem()
                        .remedy())
                .contains("timeToLive");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DeletionByTaintManager", "DeletionByPodGC"})
    void names_the_node_that_was_lost(String reason) {
        assertThat(lasting(Seen.sight(Seen.disrupted(reason, "Taint manager: deleting due to NoExecute taint")))
                        .problem()
                        .what())
                .contains("node1", "lost");
    }

    @Test
    void says_that_the_pod_had_to_make_room_for_another() {
        assertThat(lasting(Seen.sight(Seen.disrupted("PreemptionByScheduler", "")))
                        .problem()
                        .remedy())
                .contains("priorityClass");
    }

    @Test
    void says_that_somebody_deleted_the_pod() {
        Sight deleting = Seen.sight(Seen.pod()
                .editMetadata()
                .withDeletionTimestamp("2026-11-20T03:01:00Z")
                .endMetadata());
        Sight gone = Seen.sight(Seen.pod()).with(Seen.pod().build(), Presence.GONE);

        assertThat(lasting(deleting).problem().what()).contains("Somebody has deleted the pod");
        assertThat(lasting(gone).problem().what()).contains("Somebody has deleted the pod");
    }

    @Test
    void says_that_somebody_deleted_the_namespace_rather_than_what_comes_of_it() {
        Sight sight = Seen.sight(Seen.disrupted("", ""))
                .with(
                        new NamespaceBuilder(Seen.namespace())
                                .editMetadata()
                                .withDeletionTimestamp("2026-11-20T03:01:00Z")
                                .endMetadata()
                                .build(),
                        Presence.THERE);

        assertThat(lasting(sight).problem().what()).contains("namespace", "deleted");
        assertThat(lasting(sight).problem().where()).isEqualTo("namespace muster-erp");
    }

    private static Trouble lasting(Sight sight) {
        Trouble trouble = Trouble.of(sight).orElseThrow();
        assertThat(trouble.passing()).isFalse();
        return trouble;
    }
}
