package dev.muster.scratch.kubernetes;

import dev.muster.drill.TeardownReceipt;
import dev.muster.scratch.kubernetes.Patience.Refused;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Removes a scratch from a cluster, and says what of it would not go. It deletes nothing but what carries the drill's
 * labels, and nothing that has taken the place of what it knew.
 */
final class Removal {
    private static final Duration TO_LOOK = Duration.ofSeconds(3);

    private final Cluster cluster;
    private final Clock clock;
    private final Duration patience;

    /** @param patience how long each thing may take to go */
    Removal(Cluster cluster, Clock clock, Duration patience) {
        this.cluster = cluster;
        this.clock = clock;
        this.patience = patience;
    }

    TeardownReceipt remove(Standing scratch) throws InterruptedException {
        List<String> left = new ArrayList<>();
        try {
            remove(scratch, left);
        } catch (Refused refused) {
            left.add(Cluster.name(scratch.mark()) + ": " + refused.refusal().problem());
        }
        return receipt(scratch.id(), scratch.naming(), left);
    }

    /** What is said of a scratch that is not there. */
    TeardownReceipt nothing(String id, Naming naming) {
        return receipt(id, naming, List.of());
    }

    private TeardownReceipt receipt(String id, Naming naming, List<String> left) {
        return new TeardownReceipt(
                id, "namespace " + naming.namespace() + " of " + cluster.name(), left.isEmpty(), clock.instant(), left);
    }

    private void remove(Standing scratch, List<String> left) throws InterruptedException {
        Naming naming = scratch.naming();
        List<String> volumes = claims(naming).stream()
                .map(claim -> claim.getSpec().getVolumeName())
                .filter(volume -> volume != null && !volume.isEmpty())
                .toList();
        // The pods first: a namespace that goes may lose the policies that keep them in before it loses them.
        for (Pod pod : pods(naming)) {
            cluster.delete(pod);
        }
        for (Pod pod : pods(naming)) {
            Awaiting.gone(cluster.client().resource(pod), pod, patience(pod));
        }
        HasMetadata mark = scratch.mark();
        if (naming.fixed().isPresent()) {
            cluster.deleteWithAll(mark);
        } else {
            cluster.delete(mark);
        }
        Optional<HasMetadata> hanging = Awaiting.gone(cluster.client().resource(mark), mark, patience(mark));
        if (hanging.isPresent()) {
            left.add(Cluster.name(mark) + hindrances(hanging.get()));
            pods(naming).forEach(pod -> left.add(Cluster.name(pod) + node(pod) + finalizers(pod)));
            claims(naming).forEach(claim -> left.add(Cluster.name(claim) + finalizers(claim)));
        }
        for (String volume : volumes) {
            released(volume).ifPresent(left::add);
        }
    }

    /** What has hung for long already will not go while somebody waits for it. */
    private Duration patience(HasMetadata object) {
        return Optional.ofNullable(object.getMetadata().getDeletionTimestamp())
                .map(since -> patience.minus(Duration.between(Instant.parse(since), clock.instant())))
                .filter(left -> left.compareTo(TO_LOOK) < 0)
                .map(longAgo -> TO_LOOK)
                .orElse(patience);
    }

    /** What is left of a volume that belonged to the scratch. */
    private Optional<String> released(String name) throws InterruptedException {
        Resource<PersistentVolume> resource =
                cluster.client().persistentVolumes().withName(name);
        Optional<PersistentVolume> there = Optional.ofNullable(cluster.ask("persistentvolume " + name, resource::get));
        if (there.isEmpty()) {
            return Optional.empty();
        }
        String policy = there.get().getSpec().getPersistentVolumeReclaimPolicy();
        if (!"Delete".equals(policy)) {
            return Optional.of(
                    "persistentvolume " + name + ", with the restored data: it is kept by its reclaim policy " + policy
                            + "; delete it and what it stands for, and use a storage class that deletes");
        }
        return Awaiting.gone(resource, there.get(), patience)
                .map(volume -> "persistentvolume " + name + ", with the restored data: "
                        + volume.getStatus().getPhase()
                        + (volume.getStatus().getMessage() == null
                                ? ""
                                : ", " + volume.getStatus().getMessage())
                        + finalizers(volume));
    }

    private List<Pod> pods(Naming naming) throws InterruptedException {
        KubernetesClient client = cluster.client();
        return cluster.ask(
                "pods in " + naming.namespace(),
                () -> client.pods()
                        .inNamespace(naming.namespace())
                        .withLabels(naming.labels())
                        .list()
                        .getItems());
    }

    private List<PersistentVolumeClaim> claims(Naming naming) throws InterruptedException {
        KubernetesClient client = cluster.client();
        return cluster.ask(
                "persistentvolumeclaims in " + naming.namespace(),
                () -> client.persistentVolumeClaims()
                        .inNamespace(naming.namespace())
                        .withLabels(naming.labels())
                        .list()
                        .getItems());
    }

    private static String hindrances(HasMetadata hanging) {
        List<String> said = hanging instanceof Namespace namespace
                        && namespace.getStatus() != null
                        && namespace.getStatus().getConditions() != null
                ? namespace.getStatus().getConditions().stream()
                        .filter(condition -> "True".equals(condition.getStatus()))
                        .map(condition -> condition.getType() + ": " + condition.getMessage())
                        .toList()
                : List.of();
        return (said.isEmpty() ? "" : " (" + String.join("; ", said) + ")") + finalizers(hanging);
    }

    private static String node(Pod pod) {
        return pod.getSpec().getNodeName() == null
                ? ""
                : " on node " + pod.getSpec().getNodeName();
    }

    private static String finalizers(HasMetadata object) {
        List<String> finalizers = object.getMetadata().getFinalizers();
        return finalizers == null || finalizers.isEmpty()
                ? ""
                : ", held by the finalizer " + String.join(", ", finalizers);
    }
}
