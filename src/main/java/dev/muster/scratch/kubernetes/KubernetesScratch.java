package dev.muster.scratch.kubernetes;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.TeardownReceipt;
import dev.muster.scratch.Companions;
import dev.muster.scratch.Opening;
import dev.muster.scratch.Site;
import dev.muster.scratch.kubernetes.Patience.Refused;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A scratch in a cluster, for those who opened it. */
final class KubernetesScratch implements Site {
    /** Quotas are watched; this is for what a watch may have missed. */
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(15);

    private final Cluster cluster;
    private final Standing standing;
    private final List<HasMetadata> contents;
    private final Companions companions;
    private final Duration toBeHeard;
    private final Removal removal;
    private final Runnable letGo;
    private final Bulletin bulletin;
    private final Lookout lookout;

    /**
     * @param contents what belongs into it besides its mark, in the order in which it is applied
     * @param toBeHeard how long nothing may be heard of the node that it is on
     */
    KubernetesScratch(
            Cluster cluster,
            Standing standing,
            List<HasMetadata> contents,
            Opening opening,
            Companions companions,
            Duration toBeHeard,
            Removal removal,
            Runnable letGo) {
        this.cluster = cluster;
        this.standing = standing;
        this.contents = List.copyOf(contents);
        this.companions = companions;
        this.toBeHeard = toBeHeard;
        this.removal = removal;
        this.letGo = letGo;
        this.bulletin = new Bulletin(opening.progress());
        this.lookout = new Lookout(bulletin::tell);
    }

    @Override
    public String id() {
        return standing.id();
    }

    @Override
    public void ready() throws InterruptedException {
        Naming naming = standing.naming();
        if (naming.fixed().isPresent()) {
            lookout.watchQuotas(cluster.client(), naming.namespace());
        } else {
            lookout.watchNamespace(cluster.client(), naming.namespace());
        }
        lookout.watchPod(cluster.client(), naming.namespace(), naming.object(Names.POD), naming.object(Names.CLAIM));
        for (HasMetadata object : contents) {
            apply(object);
        }
        lookout.until(sight -> {
            Trouble.of(sight).filter(trouble -> !trouble.passing()).ifPresent(trouble -> {
                throw new CouldNotRun(trouble.problem());
            });
            return sight.pod().filter(KubernetesScratch::runs);
        });
    }

    private void apply(HasMetadata object) throws InterruptedException {
        while (true) {
            try {
                cluster.apply(object);
                return;
            } catch (Refused refused) {
                Optional<Shortage> shortage = refused.refusal().shortage();
                // In a namespace of its own nobody else will ever make room.
                if (standing.naming().fixed().isEmpty()
                        || shortage.filter(quota -> !quota.forEver()).isEmpty()) {
                    throw refused.forGood();
                }
                bulletin.waits(refused.refusal().problem());
                lookout.news(BETWEEN_TRIES);
            }
        }
    }

    private static boolean runs(Pod pod) {
        List<ContainerStatus> statuses =
                pod.getStatus() == null ? List.of() : pod.getStatus().getContainerStatuses();
        return statuses.size() == pod.getSpec().getContainers().size()
                && statuses.stream()
                        .allMatch(status ->
                                status.getState() != null && status.getState().getRunning() != null);
    }

    @Override
    public String network() {
        return "NetworkPolicies of the namespace " + standing.naming().namespace()
                + ": nothing gets in, nothing gets out but to the vaults, and that only while it fetches; believed once"
                + " tries to get out have failed";
    }

    @Override
    public void keepUntil(Instant end) {
        Uninterrupted.run(() ->
                cluster.annotate(standing.mark(), Map.of(Labels.KEPT, "true", Labels.EXPIRES_AT, end.toString())));
        letGo.run();
        lookout.close();
    }

    @Override
    public String reach() {
        return Reach.of(standing.naming(), cluster);
    }

    @Override
    public TeardownReceipt remove() {
        letGo.run();
        lookout.close();
        return Uninterrupted.run(() -> removal.remove(standing));
    }

    @Override
    public <R> R match(Cases<R> cases) throws Exception {
        return cases.elsewhere(new PodWorker(cluster, standing.naming(), lookout, companions, toBeHeard));
    }
}
