package dev.muster.scratch.kubernetes;

import dev.muster.drill.ClusterPlan;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.drill.Secret;
import dev.muster.scratch.Beside;
import dev.muster.scratch.Opening;
import io.fabric8.kubernetes.api.model.LimitRangeItem;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The namespace of a scratch, for what is to run beside the scratch. */
record Surroundings(Cluster cluster, Naming naming, Opening opening, ClusterSettings settings) {
    private static final Duration TO_TAKE_IN = Duration.ofMinutes(1);

    KubernetesClient client() {
        return cluster.client();
    }

    ClusterPlan plan() {
        return opening.plan().cluster();
    }

    /** What pods show to registries. */
    List<String> pullSecrets() {
        return new PullSecrets(plan().placing().pullSecrets(), settings.pullSecrets(), naming).names();
    }

    /** What opens databases beside the scratch; those who work within have it as well. */
    Secret password() {
        return Optional.ofNullable(opening.secrets().get(Beside.PASSWORD))
                .orElseThrow(() -> new IllegalStateException("the scratch was opened without " + Beside.PASSWORD));
    }

    /** The address of the scratch's own pod, which stays the same as long as the pod is there. */
    String address() throws InterruptedException {
        String name = naming.object(Names.POD);
        Pod pod = cluster.ask(
                "pod " + naming.namespace() + "/" + name,
                () -> client().pods()
                        .inNamespace(naming.namespace())
                        .withName(name)
                        .get());
        if (pod == null || pod.getStatus() == null || pod.getStatus().getPodIP() == null) {
            throw new CouldNotRun(new Problem(
                    "The pod of the scratch has no address",
                    "pod " + naming.namespace() + "/" + name,
                    "See with `kubectl describe pod` what became of it, and run the drill again."));
        }
        return pod.getStatus().getPodIP();
    }

    /** The address at which a service answers wherever in the namespace. */
    Optional<String> address(String service) throws InterruptedException {
        Service found = cluster.ask(
                "service " + naming.namespace() + "/" + service,
                () -> client().services()
                        .inNamespace(naming.namespace())
                        .withName(service)
                        .get());
        return Optional.ofNullable(found)
                .map(there -> there.getSpec().getClusterIP())
                .filter(address -> !address.isEmpty() && !address.equals("None"));
    }

    /** What a container gets that asks for nothing. */
    Widening widening() {
        LimitRangeItem usual = Allowance.usual(new ObjectMetaBuilder().build())
                .getSpec()
                .getLimits()
                .get(0);
        return new Widening(usual.getDefaultRequest(), usual.getDefault());
    }

    /** Widens the quota, and waits until the cluster reckons with it: pods are refused by the old one until then. */
    void widen(Widening more) throws InterruptedException {
        String name = naming.object("drill");
        String object = "resourcequota " + naming.namespace() + "/" + name;
        ResourceQuota quota = cluster.ask(
                object,
                () -> client().resourceQuotas()
                        .inNamespace(naming.namespace())
                        .withName(name)
                        .get());
        if (quota == null) {
            return;
        }
        quota.getMetadata().setManagedFields(null);
        quota.getMetadata().setResourceVersion(null);
        quota.setStatus(null);
        ResourceQuota wide = more.of(quota);
        cluster.apply(wide);
        try (Gathering gathering = new Gathering()) {
            gathering.watch(
                    client().resourceQuotas().inNamespace(naming.namespace()).withName(name), object);
            gathering.demand(
                    seen -> seen.stream()
                            .filter(ResourceQuota.class::isInstance)
                            .map(ResourceQuota.class::cast)
                            .filter(there -> there.getStatus() != null
                                    && wide.getSpec()
                                            .getHard()
                                            .equals(there.getStatus().getHard()))
                            .findFirst(),
                    TO_TAKE_IN,
                    new Problem(
                            "The cluster does not take in that the namespace may hold more",
                            object,
                            "See whether its controller manager runs, and run the drill again."));
        }
    }
}
