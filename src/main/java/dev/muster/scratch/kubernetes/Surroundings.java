package dev.muster.scratch.kubernetes;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.scratch.Opening;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The namespace of a scratch, for what is to run beside the scratch. */
record Surroundings(Cluster cluster, Naming naming, Opening opening, ClusterSettings settings) implements Ground {
    private static final Duration TO_TAKE_IN = Duration.ofMinutes(1);

    KubernetesClient client() {
        return cluster.client();
    }

    @Override
    public void apply(HasMetadata object) throws InterruptedException {
        cluster.apply(object);
    }

    @Override
    public boolean knows(String group) throws InterruptedException {
        return cluster.ask("apis of " + group, () -> client().hasApiGroup(group, true));
    }

    @Override
    public List<ApiServer> apiServers() throws InterruptedException {
        List<EndpointSlice> slices = cluster.ask(
                "endpointslices of default/kubernetes",
                () -> client().discovery()
                        .v1()
                        .endpointSlices()
                        .inNamespace("default")
                        .withLabel("kubernetes.io/service-name", "kubernetes")
                        .list()
                        .getItems());
        return slices.stream()
                .flatMap(slice -> slice.getEndpoints().stream()
                        .flatMap(endpoint -> endpoint.getAddresses().stream())
                        .flatMap(address ->
                                slice.getPorts().stream().map(port -> ApiServer.at(address, port.getPort()))))
                .distinct()
                .toList();
    }

    @Override
    public String address() throws InterruptedException {
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

    @Override
    public Optional<String> address(String service) throws InterruptedException {
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

    @Override
    public void widen(Widening more) throws InterruptedException {
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
