package dev.muster.scratch.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.drill.Problem;
import dev.muster.drill.TeardownReceipt;
import dev.muster.scratch.Site;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One scratch in a cluster, in conversation with an API server over real HTTP. */
class KubernetesScratchTest {
    private final StagedDrill drill = new StagedDrill();

    @AfterEach
    void leave() {
        drill.close();
    }

    @Test
    void makes_the_namespace_applies_the_rest_and_is_ready_when_the_containers_run() {
        Site site = drill.scratches.open(drill.opening(Optional.empty()));
        CompletableFuture<Void> ready = StagedDrill.ready(site);
        await().until(() -> drill.asks("PATCH", StagedDrill.POD));
        assertThat(ready).isNotDone();
        drill.server.put(StagedDrill.POD, StagedDrill.running());

        StagedDrill.done(ready);

        assertThat(site.id()).isEqualTo(StagedDrill.NAMESPACE);
        assertThat(drill.server.asked("POST")).extracting(one -> one.path()).containsExactly("/api/v1/namespaces");
        assertThat(drill.server.asked("PATCH")).isNotEmpty().allSatisfy(patch -> {
            assertThat(patch.form()).startsWith("application/apply-patch+yaml");
            assertThat(patch.query()).containsEntry("fieldManager", "muster").doesNotContainEntry("force", "true");
            assertThat(patch.path()).startsWith("/api");
        });
        assertThat(drill.server
                        .asked("PATCH")
                        .get(drill.server.asked("PATCH").size() - 1)
                        .path())
                .isEqualTo(StagedDrill.POD);
        assertThat(drill.said)
                .contains("pod drill: scheduled on node node1", "pod drill: container worker started")
                .doesNotHaveDuplicates();
    }

    @Test
    void asks_again_when_somebody_else_was_faster_or_the_server_has_no_time() {
        drill.server.refuse("PATCH", StagedDrill.POD, 409, "Conflict", "the object has been modified");
        drill.server.refuse("PATCH", StagedDrill.POD, 503, "ServiceUnavailable", "starting");
        drill.server.refuse(
                "PATCH", StagedDrill.POD, 403, "Forbidden", "status unknown for quota: drill, resources: pods");
        Site site = drill.scratches.open(drill.opening(Optional.empty()));
        CompletableFuture<Void> ready = StagedDrill.ready(site);

        await().until(() -> drill.there(StagedDrill.POD));
        drill.server.put(StagedDrill.POD, StagedDrill.running());

        StagedDrill.done(ready);
    }

    @Test
    void says_at_once_what_pod_security_and_quotas_object_to() {
        for (String objection : List.of(
                "violates PodSecurity \"restricted:latest\": seLinuxOptions",
                "exceeded quota: small, requested: pods=1, used: pods=0, limited: pods=0")) {
            drill.server.refuse(
                    "PATCH", StagedDrill.POD, 403, "Forbidden", "pods \"drill\" is forbidden: " + objection);
            Site site = drill.scratches.open(drill.opening(Optional.empty()));

            Problem problem = StagedDrill.problem(() -> site.ready());

            assertThat(problem.where()).isEqualTo("pod " + StagedDrill.NAMESPACE + "/drill");
            assertThat(problem.remedy()).isNotEmpty();
            assertThat(site.remove().removed()).isTrue();
        }
    }

    @Test
    void sees_at_once_that_an_image_cannot_be_pulled() {
        Site site = drill.scratches.open(drill.opening(Optional.empty()));
        CompletableFuture<Void> ready = StagedDrill.ready(site);
        await().until(() -> drill.there(StagedDrill.POD));

        drill.server.put(StagedDrill.POD, StagedDrill.ours(Seen.pod(Seen.waiting("ErrImagePull", "manifest unknown"))));

        assertThat(StagedDrill.failure(ready).what()).contains("manifest unknown");
    }

    @Test
    void waits_for_room_in_a_shared_namespace() {
        drill.server.put(
                "/api/v1/namespaces/shared",
                new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("shared")
                        .addToLabels(Labels.SCRATCH, Labels.ALLOWED)
                        .endMetadata()
                        .build());
        Site site = drill.scratches.open(drill.opening(Optional.of("shared")));
        Naming naming = new Naming(SampleOpening.DRILL, "muster", Optional.of("shared"));
        String pod = "/api/v1/namespaces/shared/pods/" + naming.object("drill");
        drill.server.refuse(
                "PATCH",
                pod,
                403,
                "Forbidden",
                "exceeded quota: three, requested: pods=1, used: pods=3, limited: pods=3");
        CompletableFuture<Void> ready = StagedDrill.ready(site);
        await().until(() -> drill.said.stream().anyMatch(line -> line.contains("quota") && line.contains("three")));
        await().until(() -> drill.server.watching("/api/v1/namespaces/shared/resourcequotas") == 1);
        assertThat(drill.there(pod)).isFalse();

        drill.server.put(
                "/api/v1/namespaces/shared/resourcequotas/three",
                new ResourceQuotaBuilder()
                        .withNewMetadata()
                        .withNamespace("shared")
                        .withName("three")
                        .endMetadata()
                        .build());
        await().until(() -> drill.there(pod));
        drill.server.put(
                pod,
                new PodBuilder(StagedDrill.running())
                        .editMetadata()
                        .withName(naming.object("drill"))
                        .endMetadata()
                        .build());

        StagedDrill.done(ready);
        assertThat(site.remove().removed()).isTrue();
        assertThat(drill.server.asked("DELETE"))
                .extracting(one -> one.path())
                .doesNotContain("/api/v1/namespaces/shared");
    }

    @Test
    void deletes_the_pod_first_and_the_namespace_only_as_the_one_it_made() {
        Site site = drill.readied();

        TeardownReceipt receipt = site.remove();

        assertThat(receipt.removed()).isTrue();
        assertThat(drill.server.asked("DELETE"))
                .extracting(one -> one.path())
                .containsExactly(StagedDrill.POD, StagedDrill.HOME);
        assertThat(drill.server.asked("DELETE"))
                .allSatisfy(delete -> assertThat(delete.body()).contains("preconditions", "uid"));
        assertThat(site.remove().removed()).isTrue();
    }

    @Test
    void names_what_keeps_a_namespace_from_going() {
        Site site = drill.readied();
        drill.server.stick(StagedDrill.HOME);
        drill.server.put(
                StagedDrill.HOME + "/persistentvolumeclaims/data",
                new PersistentVolumeClaimBuilder()
                        .withNewMetadata()
                        .withNamespace(StagedDrill.NAMESPACE)
                        .withName("data")
                        .withLabels(StagedDrill.naming().labels())
                        .withFinalizers("example.com/hold")
                        .endMetadata()
                        .withNewSpec()
                        .withVolumeName("pv-1")
                        .endSpec()
                        .build());
        drill.server.put(
                "/api/v1/persistentvolumes/pv-1",
                new PersistentVolumeBuilder()
                        .withNewMetadata()
                        .withName("pv-1")
                        .endMetadata()
                        .withNewSpec()
                        .withPersistentVolumeReclaimPolicy("Retain")
                        .endSpec()
                        .build());

        TeardownReceipt receipt = site.remove();

        assertThat(receipt.removed()).isFalse();
        assertThat(receipt.leftBehind())
                .anySatisfy(left -> assertThat(left).contains("namespace " + StagedDrill.NAMESPACE))
                .anySatisfy(left -> assertThat(left).contains("data", "example.com/hold"))
                .anySatisfy(left -> assertThat(left).contains("persistentvolume pv-1", "Retain"));
    }
}
