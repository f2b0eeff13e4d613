package dev.muster.scratch.kubernetes;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Endpoint;
import dev.muster.drill.Problem;
import io.fabric8.kubernetes.api.model.HostAlias;
import io.fabric8.kubernetes.api.model.HostAliasBuilder;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Where a pod may get at while it fetches: its vaults, by addresses that were looked up beforehand. */
final class Reaching {
    private static final int DNS = 53;
    /** Where its pods listen behind their service; a policy is judged by the place that a packet really goes to. */
    private static final int DNS_OF_OPENSHIFT = 5353;
    /** Where clusters that keep a name server on each node have it, by their custom. */
    private static final String NAME_SERVER_OF_THE_NODE = "169.254.20.10/32";

    private final List<ClusterSettings.Reach> reaches;
    private final Map<Endpoint, List<InetAddress>> found = new LinkedHashMap<>();

    Reaching(List<Endpoint> vaults, List<ClusterSettings.Reach> reaches, Addresses addresses) {
        this.reaches = reaches;
        vaults.forEach(vault -> found.put(vault, look(vault, addresses)));
    }

    private List<InetAddress> look(Endpoint vault, Addresses addresses) {
        List<InetAddress> there;
        try {
            there = addresses.of(vault.host());
        } catch (UnknownHostException unknown) {
            if (!reaches.isEmpty()) {
                return List.of();
            }
            throw new CouldNotRun(
                    new Problem(
                            "The vault's address " + vault + " cannot be looked up from here, so that no policy can let"
                                    + " the pod get at it",
                            vault.toString(),
                            "If it is known within the cluster alone, say in the settings under kubernetes.reaches where"
                                    + " it is, by its pods or a range of addresses."),
                    unknown);
        }
        if (there.stream().anyMatch(address -> address.isLoopbackAddress() || address.isAnyLocalAddress())) {
            throw new CouldNotRun(new Problem(
                    "The vault's address " + vault + " is this machine by itself, which a pod cannot get at",
                    vault.toString(),
                    "Say in the settings under kubernetes.endpoints which address the vault has from inside the"
                            + " cluster."));
        }
        return there;
    }

    /** What leads to the vaults and nowhere else. */
    List<NetworkPolicyEgressRule> vaults() {
        List<NetworkPolicyEgressRule> rules = new ArrayList<>();
        found.forEach((vault, addresses) -> {
            if (!addresses.isEmpty()) {
                rules.add(rule(addresses.stream().map(Reaching::alone).toList(), vault.port()));
            }
        });
        reaches.forEach(reach -> rules.add(rule(List.of(peer(reach)), reach.port())));
        return rules;
    }

    /** What leads to the cluster's name servers. */
    static List<NetworkPolicyEgressRule> names() {
        return List.of(
                asking(DNS, pods("kube-system", Map.of("k8s-app", "kube-dns")), range(NAME_SERVER_OF_THE_NODE)),
                asking(
                        DNS_OF_OPENSHIFT,
                        pods("openshift-dns", Map.of("dns.operator.openshift.io/daemonset-dns", "default"))));
    }

    private static NetworkPolicyEgressRule asking(int port, NetworkPolicyPeer... servers) {
        return new NetworkPolicyEgressRuleBuilder()
                .withTo(servers)
                .addNewPort()
                .withProtocol("UDP")
                .withNewPort(port)
                .endPort()
                .addNewPort()
                .withProtocol("TCP")
                .withNewPort(port)
                .endPort()
                .build();
    }

    private static NetworkPolicyPeer pods(String namespace, Map<String, String> labels) {
        return new NetworkPolicyPeerBuilder()
                .withNewNamespaceSelector()
                .addToMatchLabels("kubernetes.io/metadata.name", namespace)
                .endNamespaceSelector()
                .withNewPodSelector()
                .addToMatchLabels(labels)
                .endPodSelector()
                .build();
    }

    /** The vaults' names for a pod that asks no name server. */
    List<HostAlias> aliases() {
        Map<String, TreeSet<String>> hosts = new LinkedHashMap<>();
        found.forEach((vault, addresses) -> addresses.stream()
                .map(InetAddress::getHostAddress)
                .filter(address -> !address.equals(vault.host()))
                .forEach(address ->
                        hosts.computeIfAbsent(address, none -> new TreeSet<>()).add(vault.host())));
        return hosts.entrySet().stream()
                .map(entry -> new HostAliasBuilder()
                        .withIp(entry.getKey())
                        .withHostnames(List.copyOf(entry.getValue()))
                        .build())
                .toList();
    }

    private static NetworkPolicyEgressRule rule(List<NetworkPolicyPeer> peers, int port) {
        return new NetworkPolicyEgressRuleBuilder()
                .withTo(peers)
                .addNewPort()
                .withProtocol("TCP")
                .withNewPort(port)
                .endPort()
                .build();
    }

    private static NetworkPolicyPeer peer(ClusterSettings.Reach reach) {
        if (reach instanceof ClusterSettings.Reach.Pods pods) {
            return new NetworkPolicyPeerBuilder()
                    .withNamespaceSelector(new LabelSelectorBuilder()
                            .withMatchLabels(pods.namespace())
                            .build())
                    .withPodSelector(
                            pods.pods().isEmpty()
                                    ? null
                                    : new LabelSelectorBuilder()
                                            .withMatchLabels(pods.pods())
                                            .build())
                    .build();
        }
        return range(((ClusterSettings.Reach.Range) reach).cidr());
    }

    private static NetworkPolicyPeer alone(InetAddress address) {
        return range(address.getHostAddress() + "/" + address.getAddress().length * Byte.SIZE);
    }

    private static NetworkPolicyPeer range(String cidr) {
        return new NetworkPolicyPeerBuilder()
                .withNewIpBlock()
                .withCidr(cidr)
                .endIpBlock()
                .build();
    }
}
