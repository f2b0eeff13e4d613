package dev.muster.scratch.kubernetes;

import static dev.muster.scratch.kubernetes.Made.USUAL;
import static dev.muster.scratch.kubernetes.Made.container;
import static dev.muster.scratch.kubernetes.Made.mount;
import static dev.muster.scratch.kubernetes.Made.objects;
import static dev.muster.scratch.kubernetes.Made.one;
import static dev.muster.scratch.kubernetes.Made.placed;
import static dev.muster.scratch.kubernetes.Made.volume;
import static dev.muster.scratch.kubernetes.Made.withApplication;
import static dev.muster.scratch.kubernetes.SampleOpening.DRILL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.muster.drill.ClusterPlan;
import dev.muster.drill.CouldNotRun;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pod of a scratch. */
class PodManifestTest {
    @ParameterizedTest
    @MethodSource("plans")
    void a_pod_keeps_every_rule_of_the_restricted_standard(ClusterPlan plan) {
        assertThat(RestrictedSecurity.broken(one(plan, Pod.class).getSpec())).isEmpty();
    }

    static Stream<ClusterPlan> plans() {
        return Stream.of(
                ClusterPlan.USUAL,
                SampleOpening.plan(ClusterPlan.Volume.Kind.CLAIM, Optional.empty()),
                SampleOpening.plan(ClusterPlan.Volume.Kind.EMPTY, Optional.of("drills")),
                withApplication());
    }

    @ParameterizedTest
    @MethodSource("plans")
    void every_container_has_requests_and_limits(ClusterPlan plan) {
        assertThat(one(plan, Pod.class).getSpec().getContainers()).allSatisfy(container -> {
            assertThat(container.getResources().getRequests()).containsOnlyKeys("cpu", "memory", "ephemeral-storage");
            assertThat(container.getResources().getLimits()).containsOnlyKeys("cpu", "memory", "ephemeral-storage");
            assertThat(container.getResources().getRequests().get("memory"))
                    .isEqualTo(container.getResources().getLimits().get("memory"));
        });
    }

    @ParameterizedTest
    @MethodSource("plans")
    void what_is_mounted_is_there_and_the_roots_of_worker_and_database_cannot_be_written(ClusterPlan plan) {
        Pod pod = one(plan, Pod.class);
        List<String> volumes =
                pod.getSpec().getVolumes().stream().map(Volume::getName).toList();
        assertThat(volumes).doesNotHaveDuplicates();
        assertThat(pod.getSpec().getContainers().stream()
                        .flatMap(container -> container.getVolumeMounts().stream())
                        .map(VolumeMount::getName))
                .isSubsetOf(volumes);
        assertThat(pod.getSpec().getContainers().stream()
                        .filter(container -> !container.getName().equals("application")))
                .allSatisfy(
                        container -> assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                                .isTrue());
    }

    @ParameterizedTest
    @MethodSource("plans")
    void whichever_users_an_image_knows_the_one_that_everything_runs_as_has_a_name(ClusterPlan plan) {
        Pod pod = one(plan, Pod.class);
        long user = pod.getSpec().getSecurityContext().getRunAsUser();

        assertThat(volume(pod, "users").getDownwardAPI().getItems())
                .singleElement()
                .satisfies(item -> assertThat(item.getFieldRef().getFieldPath())
                        .isEqualTo("metadata.annotations['muster.dev/users']"));
        assertThat(pod.getMetadata().getAnnotations().get("muster.dev/users"))
                .endsWith("\nmuster:x:" + user + ":" + user + "::/scratch:/bin/sh\n");
        assertThat(pod.getSpec().getContainers())
                .allSatisfy(container -> assertThat(mount(pod, container.getName(), "users"))
                        .extracting(VolumeMount::getMountPath, VolumeMount::getSubPath, VolumeMount::getReadOnly)
                        .containsExactly("/etc/passwd", "passwd", true));
    }

    @Test
    void the_pod_gets_no_token_and_starts_once() {
        Pod pod = one(USUAL, Pod.class);
        assertThat(pod.getSpec().getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getSpec().getServiceAccountName()).isEqualTo("drill");
        assertThat(pod.getSpec().getRestartPolicy()).isEqualTo("Never");
        assertThat(pod.getSpec().getEnableServiceLinks()).isFalse();
        assertThat(pod.getSpec().getTerminationGracePeriodSeconds()).isLessThanOrEqualTo(10);
        assertThat(pod.getSpec().getSecurityContext().getRunAsUser()).isEqualTo(999);
        assertThat(pod.getSpec().getSecurityContext().getRunAsGroup()).isEqualTo(999);
        assertThat(pod.getSpec().getSecurityContext().getFsGroup()).isEqualTo(999);
        assertThat(one(USUAL, ServiceAccount.class).getAutomountServiceAccountToken())
                .isFalse();
    }

    @Test
    void a_pod_that_nobody_removes_ends_by_itself_but_not_while_it_may_be_kept() {
        assertThat(one(USUAL, Pod.class).getSpec().getActiveDeadlineSeconds()).isEqualTo(7 * 24 * 3600 + 2 * 3600);
    }

    @Test
    void the_worker_alone_sees_the_secrets() {
        Pod pod = one(withApplication(), Pod.class);
        assertThat(pod.getSpec().getContainers().stream()
                        .filter(container -> container.getVolumeMounts().stream()
                                .anyMatch(mount -> mount.getName().equals("secrets")))
                        .map(Container::getName))
                .containsExactly("worker");
        VolumeMount mount = mount(pod, "worker", "secrets");
        assertThat(mount.getMountPath()).isEqualTo("/muster/secrets");
        assertThat(mount.getReadOnly()).isTrue();
    }

    @Test
    void worker_and_database_share_the_scratch_and_the_application_gets_its_part() {
        Pod pod = one(withApplication(), Pod.class);
        assertThat(mount(pod, "worker", "data").getMountPath()).isEqualTo("/scratch");
        assertThat(mount(pod, "database", "data").getMountPath()).isEqualTo("/scratch");
        assertThat(container(pod, "application").getVolumeMounts())
                .filteredOn(mount -> mount.getName().equals("data"))
                .extracting(VolumeMount::getMountPath, VolumeMount::getSubPath)
                .containsExactly(
                        tuple("/scratch/data", "data"),
                        tuple("/scratch/s", "s"),
                        tuple("/scratch/.neighbours/application", ".neighbours/application"));
    }

    @Test
    void the_database_has_shared_memory_of_a_useful_size() {
        Pod pod = one(USUAL, Pod.class);
        assertThat(mount(pod, "database", "shared-memory").getMountPath()).isEqualTo("/dev/shm");
        Volume memory = volume(pod, "shared-memory");
        assertThat(memory.getEmptyDir().getMedium()).isEqualTo("Memory");
        assertThat(memory.getEmptyDir().getSizeLimit()).isEqualTo(new Quantity("256Mi"));
    }

    @Test
    void more_shared_memory_than_memory_is_refused() {
        ClusterPlan greedy = new ClusterPlan(
                Optional.empty(),
                Optional.empty(),
                USUAL.volume(),
                Optional.empty(),
                OptionalLong.of(SampleOpening.GIBIBYTE),
                OptionalLong.of(SampleOpening.GIBIBYTE),
                OptionalLong.empty(),
                Optional.empty(),
                false,
                USUAL.placing());
        assertThatThrownBy(() -> objects(greedy))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("would all be shared memory");
    }

    @Test
    void neighbours_run_the_agent_on_a_folder_of_their_own() {
        Pod pod = one(withApplication(), Pod.class);
        for (String name : List.of("database", "application")) {
            assertThat(container(pod, name).getCommand())
                    .startsWith("sh", "-c")
                    .endsWith("neighbour", "/scratch/.neighbours/" + name);
        }
    }

    @Test
    void a_major_version_without_an_image_is_refused() {
        ClusterSettings without = ClusterSettings.usual(new ClusterSettings.Images("muster", Map.of()));
        assertThatThrownBy(() -> new Manifests(without, SampleOpening.addresses())
                        .of(SampleOpening.of(USUAL), SampleOpening.stamp(DRILL)))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("PostgreSQL 15")
                .hasMessageContaining("kubernetes.images.postgres");
    }

    @Test
    void a_pod_goes_where_its_runbook_wants_it() {
        ClusterPlan placed = placed(new ClusterPlan.Placing(
                List.of(),
                Map.of("disk", "ssd"),
                List.of(new ClusterPlan.Toleration(
                        Optional.of("drills"), Optional.of("Equal"), Optional.of("yes"), Optional.of("NoSchedule"))),
                Optional.of("low"),
                Map.of("example.com/team", "platform")));
        Pod pod = one(placed, Pod.class);
        assertThat(pod.getSpec().getNodeSelector()).isEqualTo(Map.of("disk", "ssd"));
        assertThat(pod.getSpec().getPriorityClassName()).isEqualTo("low");
        assertThat(pod.getMetadata().getAnnotations()).containsEntry("example.com/team", "platform");
        assertThat(pod.getSpec().getTolerations()).singleElement().satisfies(toleration -> {
            assertThat(toleration.getKey()).isEqualTo("drills");
            assertThat(toleration.getEffect()).isEqualTo("NoSchedule");
        });
    }
}
