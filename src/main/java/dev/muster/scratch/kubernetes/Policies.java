package dev.muster.scratch.kubernetes;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import java.util.List;
import java.util.Map;

/** What a scratch may reach: its own pods; its vaults until all is fetched; nothing else. */
final class Policies {
    private static final String IN = "Ingress";
    private static final String OUT = "Egress";

    private final Naming naming;

    Policies(Naming naming) {
        this.naming = naming;
    }

    /** Nothing gets in, nothing gets out. In a namespace of its own that holds for whatever turns up there. */
    NetworkPolicy deny() {
        return named("deny", Map.of())
                .editSpec()
                .withPodSelector(naming.fixed().isPresent() ? ours() : new LabelSelector())
                .withPolicyTypes(IN, OUT)
                .endSpec()
                .build();
    }

    /** The drill's pods reach one another. */
    NetworkPolicy within() {
        return named("within", Map.of())
                .editSpec()
                .withPolicyTypes(IN, OUT)
                .addNewIngress()
                .addNewFrom()
                .withPodSelector(ours())
                .endFrom()
                .endIngress()
                .addNewEgress()
                .addNewTo()
                .withPodSelector(ours())
                .endTo()
                .endEgress()
                .endSpec()
                .build();
    }

    /** A way out of the scratch, as an object of its own, so that it can be taken back. */
    NetworkPolicy out(String name, List<NetworkPolicyEgressRule> rules) {
        return named(name, Map.of(Labels.LEADS_OUT, "true"))
                .editSpec()
                .withPolicyTypes(OUT)
                .withEgress(rules)
                .endSpec()
                .build();
    }

    private NetworkPolicyBuilder named(String name, Map<String, String> further) {
        return new NetworkPolicyBuilder()
                .withNewMetadata()
                .withName(naming.object(name))
                .withNamespace(naming.namespace())
                .withLabels(naming.labels())
                .addToLabels(further)
                .endMetadata()
                .withNewSpec()
                .withPodSelector(ours())
                .endSpec();
    }

    private LabelSelector ours() {
        return new LabelSelectorBuilder()
                .addToMatchLabels(Labels.DRILL, naming.label())
                .build();
    }
}
