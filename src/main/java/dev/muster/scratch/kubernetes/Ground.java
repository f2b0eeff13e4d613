package dev.muster.scratch.kubernetes;

import dev.muster.drill.ClusterPlan;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.drill.Secret;
import dev.muster.scratch.Beside;
import dev.muster.scratch.Opening;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LimitRangeItem;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Optional;

/** Where that is applied which runs beside a scratch: the scratch's namespace, or paper that shows what it would be. */
interface Ground {

    Naming naming();

    Opening opening();

    ClusterSettings settings();

    void apply(HasMetadata object) throws InterruptedException;

    /** The address of the scratch's own pod, which stays the same as long as the pod is there. */
    String address() throws InterruptedException;

    /** The address at which a service answers wherever in the namespace. */
    Optional<String> address(String service) throws InterruptedException;

    /** Widens the quota, and waits until the cluster reckons with it: pods are refused by the old one until then. */
    void widen(Widening more) throws InterruptedException;

    /** Where the API server is, behind the address by which pods know it. */
    List<ApiServer> apiServers() throws InterruptedException;

    /** Whether the cluster knows the kinds of this group. */
    boolean knows(String group) throws InterruptedException;

    default ClusterPlan plan() {
        return opening().plan().cluster();
    }

    /** What pods show to registries. */
    default List<String> pullSecrets() {
        return new PullSecrets(plan().placing().pullSecrets(), settings().pullSecrets(), naming()).names();
    }

    /** What opens databases beside the scratch; those who work within have it as well. */
    default Secret password() {
        return Optional.ofNullable(opening().secrets().get(Beside.PASSWORD))
                .orElseThrow(() -> new IllegalStateException("the scratch was opened without " + Beside.PASSWORD));
    }

    /** What a container gets that asks for nothing. */
    default Widening widening() {
        LimitRangeItem usual = Allowance.usual(new ObjectMetaBuilder().build())
                .getSpec()
                .getLimits()
                .get(0);
        return new Widening(usual.getDefaultRequest(), usual.getDefault());
    }

    /** Names in manifests are their author's, and those of two drills would meet. */
    default void demandOwnNamespace(String what) {
        naming().fixed().ifPresent(namespace -> {
            throw new CouldNotRun(new Problem(
                    what + " only into a namespace that is made for the drill",
                    "scratch.kubernetes.namespace in the runbook: " + namespace,
                    "Remove it there, and let Muster make namespaces."));
        });
    }
}
