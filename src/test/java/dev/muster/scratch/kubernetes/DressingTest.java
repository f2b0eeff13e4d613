package dev.muster.scratch.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.drill.ClusterPlan;
import dev.muster.drill.Manifest;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HostAlias;
import io.fabric8.kubernetes.api.model.HostAliasBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of an application's objects before they are applied. */
class DressingTest {
    private static final String POD = """
            {"initContainers": [{"name": "first", "image": "i"}],
             "containers": [{"name": "shop", "image": "i", "command": ["serve", "{database}", "${dbhost}", "{other}"],
                             "env": [{"name": "DB", "value": "{dbuser}@{dbhost}:{dbport}"}],
                             "resources": {"requests": {"cpu": "250m"}, "limits": {"memory": "1Gi"}}}]}
            """;
    private static final Naming NAMING = new Naming("shop-1", "muster", Optional.empty());
    private final Dressing dressing = new Dressing(
            new KubernetesSerialization(),
            NAMING,
            new ClusterPlan.Placing(
                    List.of("registry"),
                    Map.of("disk", "fast"),
                    List.of(new ClusterPlan.Toleration(
                            Optional.of("drills"), Optional.empty(), Optional.empty(), Optional.of("NoSchedule"))),
                    Optional.empty(),
                    Map.of()),
            List.of("pull-registry"),
            Map.of("database", "started", "dbhost", "10.0.0.9", "dbport", "5432", "dbuser", "shop"));

    @Test
    void every_object_and_every_pod_carries_the_labels_of_the_scratch() {
        Deployment deployment = deployment();
        assertThat(deployment.getMetadata().getNamespace()).isEqualTo("muster-shop-1");
        assertThat(deployment.getMetadata().getLabels()).containsAllEntriesOf(NAMING.labels());
        assertThat(deployment.getSpec().getTemplate().getMetadata().getLabels())
                .containsAllEntriesOf(NAMING.labels())
                .containsEntry("app", "shop");
        assertThat(deployment.getMetadata().getCreationTimestamp()).isNull();
        assertThat(deployment.getStatus()).isNull();
    }

    @Test
    void its_pods_are_what_a_restricted_namespace_demands() {
        PodSpec pod = deployment().getSpec().getTemplate().getSpec();
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getEnableServiceLinks()).isFalse();
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(List.of(pod.getInitContainers().get(0), pod.getContainers().get(0)))
                .allSatisfy(container -> {
                    assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                            .isFalse();
                    assertThat(container.getSecurityContext().getCapabilities().getDrop())
                            .containsExactly("ALL");
                });
        assertThat(pod.getImagePullSecrets()).extracting("name").containsExactly("pull-registry");
        assertThat(pod.getNodeSelector()).containsEntry("disk", "fast");
        assertThat(pod.getTolerations().get(0).getEffect()).isEqualTo("NoSchedule");
        assertThat(pod.getHostAliases()).extracting(HostAlias::getIp).containsExactly("10.0.0.9");
    }

    @Test
    void names_in_braces_are_filled_in_unless_they_are_somebody_elses() {
        PodSpec pod = deployment().getSpec().getTemplate().getSpec();
        assertThat(pod.getContainers().get(0).getCommand()).containsExactly("serve", "started", "${dbhost}", "{other}");
        assertThat(pod.getContainers().get(0).getEnv().get(0).getValue()).isEqualTo("shop@10.0.0.9:5432");
        ConfigMap settings = (ConfigMap)
                dressed(
                        "ConfigMap",
                        "{'apiVersion': 'v1', 'kind': 'ConfigMap', 'metadata': {'name': 'c'}, 'data': {'url': '{{database}} {database}'}}");
        assertThat(settings.getData()).containsEntry("url", "{{database}} started");
    }

    @Test
    void an_account_gets_no_token() {
        ServiceAccount account = (ServiceAccount) dressed(
                "ServiceAccount", "{'apiVersion': 'v1', 'kind': 'ServiceAccount', 'metadata': {'name': 'shop'}}");
        assertThat(account.getAutomountServiceAccountToken()).isFalse();
    }

    @Test
    void the_quota_of_the_namespace_is_widened_by_just_what_it_asks_for() {
        StatefulSet set = (StatefulSet) dressed(
                "StatefulSet",
                ("{'apiVersion': 'apps/v1', 'kind': 'StatefulSet', 'metadata': {'name': 's'}, 'spec': {'replicas': 2,"
                        + " 'template': {'spec': " + POD.replace('"', (char) 39) + "},"
                        + " 'volumeClaimTemplates': [{'metadata': {'name': 'v'},"
                        + " 'spec': {'resources': {'requests': {'storage': '1Gi'}}}}]}}"));
        assertThat(set.getSpec().getVolumeClaimTemplates().get(0).getMetadata().getLabels())
                .containsAllEntriesOf(NAMING.labels());
        Widening widening = new Widening(
                Map.of("cpu", new Quantity("100m"), "memory", new Quantity("512Mi")),
                Map.of("cpu", new Quantity("500m"), "memory", new Quantity("512Mi")));
        widening.hold(set);
        ResourceQuota before = new ResourceQuotaBuilder()
                .withNewSpec()
                .addToHard("pods", new Quantity("1"))
                .addToHard("persistentvolumeclaims", new Quantity("0"))
                .addToHard("requests.storage", new Quantity("0"))
                .addToHard("requests.cpu", new Quantity("1"))
                .addToHard("limits.cpu", new Quantity("1"))
                .addToHard("requests.memory", new Quantity("1Gi"))
                .addToHard("limits.memory", new Quantity("1Gi"))
                .addToHard("services.nodeports", new Quantity("0"))
                .endSpec()
                .build();
        assertThat(widening.of(before).getSpec().getHard())
                .containsEntry("pods", new Quantity("3"))
                .containsEntry("persistentvolumeclaims", new Quantity("2"))
                .containsEntry("requests.storage", new Quantity("2Gi"))
                // Twice the first container's usual share and the other's own.
                .containsEntry("requests.cpu", new Quantity("1700m"))
                .containsEntry("limits.cpu", new Quantity("3"))
                // Who limits his memory asks for as much.
                .containsEntry("requests.memory", new Quantity("4Gi"))
                .containsEntry("limits.memory", new Quantity("4Gi"))
                .containsEntry("services.nodeports", new Quantity("0"));
    }

    private Deployment deployment() {
        return (Deployment) dressing.dressed(
                new Manifest("shop.yaml:1", "Deployment", "shop", """
                        {"apiVersion": "apps/v1", "kind": "Deployment",
                         "metadata": {"name": "shop", "creationTimestamp": null}, "status": {"replicas": 1},
                         "spec": {"template": {"metadata": {"labels": {"app": "shop"}}, "spec": %s}}}""".formatted(POD)),
                List.of(new HostAliasBuilder()
                        .withIp("10.0.0.9")
                        .withHostnames("database")
                        .build()));
    }

    private Object dressed(String kind, String json) {
        return dressing.dressed(new Manifest("shop.yaml:1", kind, "x", json.replace((char) 39, '"')), List.of());
    }
}
