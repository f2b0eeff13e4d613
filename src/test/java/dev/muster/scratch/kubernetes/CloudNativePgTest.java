package dev.muster.scratch.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.drill.ClusterPlan;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.OperatorPlan;
import dev.muster.drill.RecoveryTarget;
import dev.muster.drill.Secret;
import dev.muster.scratch.ServerWish;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What CloudNativePG is asked for, and how it is understood. */
class CloudNativePgTest {
    private static final Naming NAMING = new Naming("orders-1", "muster", Optional.empty());
    private final CloudNativePg operator = new CloudNativePg();

    @Test
    void a_cluster_of_one_instance_recovers_from_the_vault_by_the_plugin() {
        List<HasMetadata> objects = objects(wish("http://10.1.2.3:9000"), Set.of(CloudNativePg.STORES));
        GenericKubernetesResource store = (GenericKubernetesResource) objects.get(2);
        assertThat(store.getKind()).isEqualTo("ObjectStore");
        assertThat((String) store.get("spec", "configuration", "destinationPath"))
                .isEqualTo("s3://backups/orders");
        assertThat((String) store.get("spec", "configuration", "endpointURL")).isEqualTo("http://10.1.2.3:9000");
        GenericKubernetesResource cluster = cluster(objects);
        assertThat((Integer) cluster.get("spec", "instances")).isEqualTo(1);
        assertThat((String) cluster.get("spec", "bootstrap", "recovery", "database"))
                .isEqualTo("orders");
        assertThat((String) cluster.get("spec", "bootstrap", "recovery", "owner"))
                .isEqualTo("seller");
        assertThat((String) cluster.get("spec", "bootstrap", "recovery", "recoveryTarget", "backupID"))
                .isEqualTo("20261121T200000");
        assertThat((String) cluster.get("spec", "bootstrap", "recovery", "recoveryTarget", "targetTime"))
                .isEqualTo("2026-11-21T20:16:00Z");
        assertThat((String) cluster.get("spec", "externalClusters", 0, "plugin", "parameters", "serverName"))
                .isEqualTo("production");
        Map<?, ?> labels = cluster.get("spec", "inheritedMetadata", "labels");
        assertThat(labels.get("muster.dev/drill")).isEqualTo("orders-1");
    }

    @Test
    void the_server_has_nowhere_to_write_a_backup_to() {
        for (Set<String> present : List.of(Set.<String>of(), Set.of(CloudNativePg.STORES))) {
            Map<?, ?> spec =
                    cluster(objects(wish("http://10.1.2.3:9000"), present)).get("spec");
            assertThat(spec.containsKey("backup")).isFalse();
            assertThat(spec.containsKey("plugins")).isFalse();
        }
    }

    @Test
    void without_the_plugin_the_operator_itself_reads_the_vault() {
        List<HasMetadata> objects = objects(wish("http://10.1.2.3:9000"), Set.of());
        assertThat(objects).extracting(HasMetadata::getKind).containsExactly("Secret", "Secret", "Cluster");
        assertThat((String) cluster(objects)
                        .get("spec", "externalClusters", 0, "barmanObjectStore", "s3Credentials", "accessKeyId", "key"))
                .isEqualTo("access-key");
    }

    @Test
    void no_secret_stands_in_anything_but_secrets() {
        KubernetesSerialization serialization = new KubernetesSerialization();
        assertThat(objects(wish("http://10.1.2.3:9000"), Set.of(CloudNativePg.STORES)))
                .filteredOn(object -> !object.getKind().equals("Secret"))
                .allSatisfy(object -> assertThat(serialization.asJson(object)).doesNotContain("h1dden"));
    }

    @Test
    void a_vault_by_name_needs_the_name_server() {
        assertThatThrownBy(() -> objects(wish("http://minio.example.com:9000"), Set.of()))
                .isInstanceOfSatisfying(
                        CouldNotRun.class,
                        unable -> assertThat(unable.problem().remedy()).contains("dns: true"));
    }

    @Test
    void all_that_leads_out_can_be_withdrawn_and_the_operator_still_gets_in() {
        List<NetworkPolicy> policies = operator.policies(NAMING, List.of(ApiServer.at("10.88.0.1", 6443))).stream()
                .map(NetworkPolicy.class::cast)
                .toList();
        assertThat(policies)
                .filteredOn(policy -> policy.getSpec().getPolicyTypes().contains("Egress"))
                .hasSize(2)
                .allSatisfy(policy -> assertThat(policy.getMetadata().getLabels())
                        .containsEntry(Labels.LEADS_OUT, "true")
                        .containsAllEntriesOf(NAMING.labels()));
        NetworkPolicy in = policies.get(0);
        assertThat(in.getMetadata().getLabels()).doesNotContainKey(Labels.LEADS_OUT);
        assertThat(in.getSpec().getIngress().get(0).getPorts())
                .extracting(port -> port.getPort().getIntVal())
                .containsExactly(8000, 5432);
    }

    @Test
    void it_is_up_only_when_it_says_so_itself_with_an_instance_that_is_ready() {
        assertThat(state("Cluster in healthy state", 1).up()).isTrue();
        assertThat(state("Cluster in healthy state", 0).up()).isFalse();
        assertThat(state("Setting up primary", 1).up()).isFalse();
        assertThat(state("Cluster is in an unrecoverable state, needs manual intervention", 0)
                        .failed())
                .isTrue();
        assertThat(operator.state(new GenericKubernetesResource()).phase()).isEmpty();
    }

    @Test
    void what_the_server_says_is_taken_out_of_its_wrapping() {
        assertThat(operator.said("{\"logger\":\"postgres\",\"record\":{\"log_time\":\"t\",\"error_severity\":\"FATAL\","
                        + "\"sql_state_code\":\"XX000\",\"message\":\"could not open \\\"x\\\"\",\"query_id\":\"0\"}}"))
                .contains("FATAL:  could not open \"x\"");
        assertThat(operator.said("{\"level\":\"info\",\"msg\":\"Starting\"}")).isEmpty();
    }

    private Operator.State state(String phase, int ready) {
        GenericKubernetesResource cluster = new GenericKubernetesResource();
        cluster.setAdditionalProperty("status", Map.of("phase", phase, "readyInstances", ready));
        return operator.state(cluster);
    }

    private static GenericKubernetesResource cluster(List<HasMetadata> objects) {
        return (GenericKubernetesResource) objects.get(objects.size() - 1);
    }

    private List<HasMetadata> objects(ServerWish wish, Set<String> present) {
        return operator.objects(
                wish,
                new Secret("superuser-h1dden"),
                NAMING,
                ClusterPlan.USUAL,
                new Operator.Grant(ClusterSettings.DATABASE, 4L << 30),
                present);
    }

    private static ServerWish wish(String endpoint) {
        return new ServerWish(
                new OperatorPlan(
                        OperatorPlan.CLOUD_NATIVE_PG,
                        "orders",
                        "seller",
                        Optional.empty(),
                        OptionalLong.empty(),
                        Optional.empty(),
                        Optional.empty()),
                15,
                1 << 20,
                new ServerWish.Store(
                        "primary",
                        Optional.of(URI.create(endpoint)),
                        "eu-central-1",
                        "backups",
                        "orders/production/",
                        new Secret("access-h1dden"),
                        new Secret("secret-h1dden"),
                        Optional.empty()),
                "20261121T200000",
                new RecoveryTarget(RecoveryTarget.Kind.TIME, "2026-11-21T20:16:00Z"));
    }
}
