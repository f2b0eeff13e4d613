package dev.muster.scratch.kubernetes;

import static dev.muster.scratch.kubernetes.Made.CLAIMING;
import static dev.muster.scratch.kubernetes.Made.FIXED;
import static dev.muster.scratch.kubernetes.Made.USUAL;
import static dev.muster.scratch.kubernetes.Made.container;
import static dev.muster.scratch.kubernetes.Made.named;
import static dev.muster.scratch.kubernetes.Made.objects;
import static dev.muster.scratch.kubernetes.Made.one;
import static dev.muster.scratch.kubernetes.Made.placed;
import static dev.muster.scratch.kubernetes.Made.pulling;
import static dev.muster.scratch.kubernetes.Made.pullingFrom;
import static dev.muster.scratch.kubernetes.Made.volume;
import static dev.muster.scratch.kubernetes.Made.withApplication;
import static dev.muster.scratch.kubernetes.SampleOpening.DRILL;
import static dev.muster.scratch.kubernetes.SampleOpening.SETTINGS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.drill.ClusterPlan;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Secret;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LimitRange;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The objects of a scratch as a whole. */
class ManifestsTest {
    @Test
    void the_namespace_comes_first_and_the_pod_last() {
        assertThat(objects(USUAL))
                .extracting(
                        object -> object.getKind() + " " + object.getMetadata().getName())
                .containsExactly(
                        "Namespace muster-" + DRILL,
                        "ServiceAccount drill",
                        "ResourceQuota drill",
                        "LimitRange usual",
                        "NetworkPolicy deny",
                        "NetworkPolicy within",
                        "NetworkPolicy vault",
                        "Secret drill",
                        "Pod drill");
    }

    @Test
    void the_namespace_says_whose_it_is_and_lets_only_restricted_pods_in() {
        Namespace namespace = one(USUAL, Namespace.class);
        assertThat(namespace.getMetadata().getLabels())
                .containsEntry("pod-security.kubernetes.io/enforce", "restricted")
                .containsEntry("pod-security.kubernetes.io/audit", "restricted")
                .containsEntry("pod-security.kubernetes.io/warn", "restricted");
        assertThat(namespace.getMetadata().getAnnotations())
                .containsEntry("muster.dev/drill", DRILL)
                .containsEntry("muster.dev/system", "erp")
                .containsEntry("muster.dev/opened-at", "2026-11-20T03:00:00Z")
                .containsEntry("muster.dev/alive-at", "2026-11-20T03:00:00Z")
                .containsEntry("muster.dev/expires-at", "2026-11-20T05:00:00Z")
                .containsEntry("muster.dev/owner", "host/boot/1/2")
                .containsEntry("muster.dev/version", "0.1.0")
                .containsEntry("muster.dev/kept", "false");
    }

    @Test
    void every_object_carries_the_labels_of_its_drill() {
        assertThat(Stream.of(USUAL, CLAIMING, FIXED, withApplication()).flatMap(plan -> objects(plan).stream()))
                .allSatisfy(object -> assertThat(object.getMetadata().getLabels())
                        .containsEntry("app.kubernetes.io/managed-by", "muster")
                        .containsEntry("muster.dev/drill", DRILL)
                        .containsEntry("muster.dev/installation", "muster"));
    }

    @Test
    void a_long_name_is_cut_and_stays_its_own() {
        String one = "a-very-long-name-of-a-runbook-that-somebody-found-telling-20261120-030000-abcd";
        String other = one.replace("abcd", "abce");
        Naming named = Naming.of(one, USUAL, SETTINGS);
        assertThat(named.namespace()).hasSizeLessThanOrEqualTo(63).startsWith("muster-a-very-long-name");
        assertThat(named.label()).hasSizeLessThanOrEqualTo(63).startsWith("a-very-long-name");
        assertThat(named.namespace())
                .isNotEqualTo(Naming.of(other, USUAL, SETTINGS).namespace());
        assertThat(new Manifests(SETTINGS, SampleOpening.addresses())
                        .of(SampleOpening.of(one, USUAL), SampleOpening.stamp(one)).stream()
                                .findFirst()
                                .orElseThrow()
                                .getMetadata()
                                .getAnnotations())
                .containsEntry("muster.dev/drill", one);
    }

    @Test
    void secrets_hold_what_the_drill_needs_and_cannot_be_changed() {
        io.fabric8.kubernetes.api.model.Secret secret = one(USUAL, io.fabric8.kubernetes.api.model.Secret.class);
        assertThat(secret.getImmutable()).isTrue();
        assertThat(new String(
                        Base64.getDecoder().decode(secret.getData().get("primary.secretKey")), StandardCharsets.UTF_8))
                .isEqualTo("not to be shown");
    }

    @Test
    void a_volume_left_out_is_as_large_as_the_backups_are_expected_to_become() {
        assertThat(volume(one(USUAL, Pod.class), "data").getEmptyDir().getSizeLimit())
                .isEqualTo(new Quantity("8Gi"));
        assertThat(container(one(USUAL, Pod.class), "worker")
                        .getResources()
                        .getLimits()
                        .get("ephemeral-storage"))
                .isEqualTo(new Quantity("9Gi"));
        PersistentVolumeClaim claim = one(CLAIMING, PersistentVolumeClaim.class);
        assertThat(claim.getSpec().getResources().getRequests()).containsEntry("storage", new Quantity("8Gi"));
        assertThat(claim.getSpec().getStorageClassName()).isEqualTo("fast");
        assertThat(claim.getSpec().getAccessModes()).containsExactly("ReadWriteOnce");
        assertThat(volume(one(CLAIMING, Pod.class), "data")
                        .getPersistentVolumeClaim()
                        .getClaimName())
                .isEqualTo("data");
    }

    @Test
    void the_quota_is_the_sum_of_what_the_drill_has() {
        Map<String, Quantity> hard =
                one(CLAIMING, ResourceQuota.class).getSpec().getHard();
        assertThat(hard)
                .containsEntry("pods", new Quantity("1"))
                .containsEntry("persistentvolumeclaims", new Quantity("1"))
                .containsEntry("requests.storage", new Quantity("8Gi"))
                .containsEntry("limits.cpu", new Quantity("3"))
                .containsEntry("requests.cpu", new Quantity("750", "m"))
                .containsEntry("limits.memory", new Quantity("3Gi"))
                .containsEntry("requests.memory", new Quantity("3Gi"))
                .containsEntry("limits.ephemeral-storage", new Quantity("2Gi"))
                .containsEntry("services.loadbalancers", new Quantity("0"));
        assertThat(one(USUAL, ResourceQuota.class).getSpec().getHard())
                .containsEntry("persistentvolumeclaims", new Quantity("0"))
                .containsEntry("limits.ephemeral-storage", new Quantity("10Gi"));
    }

    @Test
    void a_container_that_asks_for_nothing_gets_something() {
        assertThat(one(USUAL, LimitRange.class).getSpec().getLimits())
                .singleElement()
                .satisfies(limit -> {
                    assertThat(limit.getType()).isEqualTo("Container");
                    assertThat(limit.getDefault()).containsOnlyKeys("cpu", "memory", "ephemeral-storage");
                    assertThat(limit.getDefaultRequest()).containsOnlyKeys("cpu", "memory", "ephemeral-storage");
                });
    }

    @Test
    void in_a_prepared_namespace_names_are_the_drills_own_and_nothing_is_laid_on_others() {
        List<HasMetadata> objects = objects(FIXED);
        assertThat(objects)
                .noneMatch(object ->
                        object instanceof Namespace || object instanceof ResourceQuota || object instanceof LimitRange)
                .allSatisfy(object -> {
                    assertThat(object.getMetadata().getNamespace()).isEqualTo("drills");
                    assertThat(object.getMetadata().getName()).matches(".*-[0-9a-f]{10}");
                });
        assertThat(objects.get(0)).isInstanceOf(ServiceAccount.class);
        assertThat(objects.get(0).getMetadata().getAnnotations()).containsEntry("muster.dev/drill", DRILL);
        Pod pod = one(FIXED, Pod.class);
        assertThat(pod.getSpec().getServiceAccountName())
                .isEqualTo(objects.get(0).getMetadata().getName());
        assertThat(volume(pod, "secrets").getSecret().getSecretName())
                .isEqualTo(one(FIXED, io.fabric8.kubernetes.api.model.Secret.class)
                        .getMetadata()
                        .getName());
    }

    @Test
    void a_pull_secret_comes_from_the_settings() {
        ClusterPlan pulling = placed(pulling());
        List<HasMetadata> objects = new Manifests(
                        pullingFrom(Map.of("registry", new Secret("{\"auths\":{}}"))), SampleOpening.addresses())
                .of(SampleOpening.of(pulling), SampleOpening.stamp(DRILL));
        assertThat(objects).anySatisfy(object -> {
            assertThat(object.getMetadata().getName()).isEqualTo("pull-registry");
            assertThat(((io.fabric8.kubernetes.api.model.Secret) object).getType())
                    .isEqualTo("kubernetes.io/dockerconfigjson");
        });
        assertThat(((Pod) objects.get(objects.size() - 1)).getSpec().getImagePullSecrets())
                .singleElement()
                .satisfies(secret -> assertThat(secret.getName()).isEqualTo("pull-registry"));
    }

    @Test
    void a_pull_secret_that_nobody_knows_is_refused_where_the_namespace_is_new() {
        assertThatThrownBy(() -> objects(placed(pulling())))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("kubernetes.pullSecrets.registry");
    }

    @Test
    void a_preview_shows_every_object_and_no_secret() {
        List<String> shown = Preview.of(objects(USUAL));
        assertThat(shown).hasSameSizeAs(objects(USUAL));
        assertThat(shown)
                .anySatisfy(text -> assertThat(text).contains("kind: \"Secret\"", "primary.secretKey: \"***\""));
        assertThat(shown)
                .noneMatch(text -> text.contains("not to be shown"))
                .noneMatch(text -> text.contains(
                        Base64.getEncoder().encodeToString("not to be shown".getBytes(StandardCharsets.UTF_8))));
    }
}
