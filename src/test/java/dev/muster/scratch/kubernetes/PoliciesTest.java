package dev.muster.scratch.kubernetes;

import static dev.muster.scratch.kubernetes.Made.FIXED;
import static dev.muster.scratch.kubernetes.Made.USUAL;
import static dev.muster.scratch.kubernetes.Made.named;
import static dev.muster.scratch.kubernetes.Made.objects;
import static dev.muster.scratch.kubernetes.Made.one;
import static dev.muster.scratch.kubernetes.Made.policy;
import static dev.muster.scratch.kubernetes.Made.reaching;
import static dev.muster.scratch.kubernetes.SampleOpening.DRILL;
import static dev.muster.scratch.kubernetes.SampleOpening.SETTINGS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.muster.drill.ClusterPlan;
import dev.muster.drill.CouldNotRun;
import dev.muster.scratch.kubernetes.ClusterSettings.Reach;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What a scratch in a cluster may reach. */
class PoliciesTest {
    @Test
    void nothing_gets_in_or_out_by_default() {
        NetworkPolicy deny = policy(USUAL, "deny");
        assertThat(deny.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress");
        assertThat(deny.getSpec().getPodSelector().getMatchLabels()).isEmpty();
        assertThat(deny.getSpec().getIngress()).isEmpty();
        assertThat(deny.getSpec().getEgress()).isEmpty();
    }

    @Test
    void in_a_prepared_namespace_only_the_drills_own_pods_are_cut_off() {
        assertThat(policy(FIXED, "deny").getSpec().getPodSelector().getMatchLabels())
                .isEqualTo(Map.of("muster.dev/drill", DRILL));
    }

    @Test
    void the_way_to_the_vault_is_an_object_of_its_own() {
        NetworkPolicy vault = policy(USUAL, "vault");
        assertThat(vault.getMetadata().getLabels()).containsEntry("muster.dev/leads-out", "true");
        assertThat(vault.getSpec().getPolicyTypes()).containsExactly("Egress");
        assertThat(vault.getSpec().getPodSelector().getMatchLabels()).isEqualTo(Map.of("muster.dev/drill", DRILL));
        assertThat(vault.getSpec().getEgress()).singleElement().satisfies(rule -> {
            assertThat(rule.getTo())
                    .singleElement()
                    .satisfies(peer -> assertThat(peer.getIpBlock().getCidr()).isEqualTo("10.1.2.3/32"));
            assertThat(rule.getPorts()).singleElement().satisfies(port -> {
                assertThat(port.getPort().getIntVal()).isEqualTo(9000);
                assertThat(port.getProtocol()).isEqualTo("TCP");
            });
        });
        assertThat(one(USUAL, Pod.class).getSpec().getHostAliases())
                .singleElement()
                .satisfies(alias -> {
                    assertThat(alias.getIp()).isEqualTo("10.1.2.3");
                    assertThat(alias.getHostnames()).containsExactly("s3.example.com");
                });
    }

    @Test
    void name_servers_are_reached_only_if_asked() {
        assertThat(objects(USUAL))
                .noneMatch(object -> object.getMetadata().getName().equals("dns"));
        NetworkPolicy dns = policy(asking(), "dns");
        assertThat(dns.getMetadata().getLabels()).containsEntry("muster.dev/leads-out", "true");
        assertThat(dns.getSpec().getEgress().get(0).getPorts())
                .extracting(port -> port.getPort().getIntVal() + " " + port.getProtocol())
                .containsExactly("53 UDP", "53 TCP");
        assertThat(one(asking(), Pod.class).getSpec().getHostAliases()).isEmpty();
    }

    @Test
    void name_servers_are_where_a_cluster_of_its_kind_has_them() {
        List<NetworkPolicyEgressRule> rules = policy(asking(), "dns").getSpec().getEgress();
        assertThat(rules)
                .extracting(rule -> rule.getTo().get(0))
                .extracting(
                        peer -> peer.getNamespaceSelector().getMatchLabels(),
                        peer -> peer.getPodSelector().getMatchLabels())
                .containsExactly(
                        tuple(Map.of("kubernetes.io/metadata.name", "kube-system"), Map.of("k8s-app", "kube-dns")),
                        tuple(
                                Map.of("kubernetes.io/metadata.name", "openshift-dns"),
                                Map.of("dns.operator.openshift.io/daemonset-dns", "default")));
        assertThat(rules.get(0).getTo().get(1).getIpBlock().getCidr()).isEqualTo("169.254.20.10/32");
        assertThat(rules.get(1).getPorts())
                .extracting(port -> port.getPort().getIntVal() + " " + port.getProtocol())
                .containsExactly("5353 UDP", "5353 TCP");
    }

    private static ClusterPlan asking() {
        return new ClusterPlan(
                Optional.empty(),
                Optional.empty(),
                USUAL.volume(),
                Optional.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                true,
                USUAL.placing());
    }

    @Test
    void settings_say_where_vaults_are_that_have_no_address_here() {
        ClusterSettings settings = reaching(
                new Reach.Range("10.9.0.0/16", 443),
                new Reach.Pods(Map.of("kubernetes.io/metadata.name", "storage"), Map.of("app", "s3"), 9000));
        Manifests within = new Manifests(settings, host -> {
            throw new UnknownHostException(host);
        });
        NetworkPolicy vault = (NetworkPolicy) within.of(SampleOpening.of(USUAL), SampleOpening.stamp(DRILL)).stream()
                .filter(named("vault"))
                .findFirst()
                .orElseThrow();
        assertThat(vault.getSpec().getEgress()).hasSize(2);
        assertThat(vault.getSpec()
                        .getEgress()
                        .get(0)
                        .getTo()
                        .get(0)
                        .getIpBlock()
                        .getCidr())
                .isEqualTo("10.9.0.0/16");
        assertThat(vault.getSpec()
                        .getEgress()
                        .get(1)
                        .getTo()
                        .get(0)
                        .getPodSelector()
                        .getMatchLabels())
                .isEqualTo(Map.of("app", "s3"));
    }

    @Test
    void a_vault_whose_address_nobody_knows_is_refused() {
        Manifests lost = new Manifests(SETTINGS, host -> {
            throw new UnknownHostException(host);
        });
        assertThatThrownBy(() -> lost.of(SampleOpening.of(USUAL), SampleOpening.stamp(DRILL)))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("s3.example.com:9000")
                .hasMessageContaining("kubernetes.reaches");
    }

    @Test
    void a_vault_on_this_machine_alone_is_refused() {
        Manifests here = new Manifests(SETTINGS, host -> List.of(InetAddress.getLoopbackAddress()));
        assertThatThrownBy(() -> here.of(SampleOpening.of(USUAL), SampleOpening.stamp(DRILL)))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("kubernetes.endpoints");
    }
}
