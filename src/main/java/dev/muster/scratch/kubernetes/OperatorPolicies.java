package dev.muster.scratch.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPortBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the pods that an operator makes may reach, and who may reach them, besides what holds for the whole scratch.
 *
 * @param server the labels of the server's pods
 * @param job the label of pods that prepare the server, whatever its value
 */
record OperatorPolicies(Naming naming, Map<String, String> server, String job) {

    /**
     * @param operator the labels of the operator's own pods, in whatever namespace they are
     * @param ports at which the operator looks after the server
     * @param apiServers where the API server is
     */
    List<HasMetadata> all(Map<String, String> operator, List<Integer> ports, List<ApiServer> apiServers) {
        LabelSelector servers =
                new LabelSelectorBuilder().withMatchLabels(server).build();
        LabelSelector jobs = new LabelSelectorBuilder()
                .addNewMatchExpression()
                .withKey(job)
                .withOperator("Exists")
                .endMatchExpression()
                .build();
        List<HasMetadata> policies = new ArrayList<>();
        policies.add(named("operator", servers, Map.of())
                .editSpec()
                .withPolicyTypes("Ingress")
                .addNewIngress()
                .addNewFrom()
                .withNewNamespaceSelector()
                .endNamespaceSelector()
                .withNewPodSelector()
                .withMatchLabels(operator)
                .endPodSelector()
                .endFrom()
                .withPorts(ports.stream()
                        .map(IntOrString::new)
                        .map(OperatorPolicies::port)
                        .toList())
                .endIngress()
                .endSpec()
                .build());
        policies.add(toApiServer("server-to-api", servers, apiServers));
        policies.add(toApiServer("job-to-api", jobs, apiServers));
        return policies;
    }

    /** Those who recover a server report to the API server. It leads out, and is withdrawn with all that does. */
    private NetworkPolicy toApiServer(String name, LabelSelector pods, List<ApiServer> apiServers) {
        return named(name, pods, Map.of(Labels.LEADS_OUT, "true"))
                .editSpec()
                .withPolicyTypes("Egress")
                .withEgress(apiServers.stream()
                        .map(server -> new NetworkPolicyEgressRuleBuilder()
                                .addNewTo()
                                .withNewIpBlock()
                                .withCidr(server.cidr())
                                .endIpBlock()
                                .endTo()
                                .withPorts(port(server.port()))
                                .build())
                        .toList())
                .endSpec()
                .build();
    }

    private NetworkPolicyBuilder named(String name, LabelSelector pods, Map<String, String> further) {
        return new NetworkPolicyBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(naming.namespace())
                .withLabels(naming.labels())
                .addToLabels(further)
                .endMetadata()
                .withNewSpec()
                .withPodSelector(pods)
                .endSpec();
    }

    private static NetworkPolicyPort port(IntOrString port) {
        return new NetworkPolicyPortBuilder().withProtocol("TCP").withPort(port).build();
    }
}
