package dev.muster.scratch.kubernetes;

import dev.muster.drill.ClusterPlan;
import dev.muster.drill.Secret;
import dev.muster.scratch.ServerWish;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Software in a cluster that restores database servers when it is asked by an object of its own kind. */
interface Operator {

    /** The kind of object that it is asked by. */
    ResourceDefinitionContext kind();

    /** Groups of further kinds that it does with or without. */
    Set<String> welcome();

    /** What it is called by people, and how it is installed. */
    String name();

    /**
     * Everything that asks it for a server, the object of its own kind last; none of it may let the server write a
     * backup.
     *
     * @param present those of the welcome groups that the cluster has
     */
    List<HasMetadata> objects(
            ServerWish wish, Secret password, Naming naming, ClusterPlan plan, Grant grant, Set<String> present);

    /** What lets it look after the server, and lets the server recover. */
    List<HasMetadata> policies(Naming naming, List<ApiServer> apiServers);

    /** How far it says that it is; {@link State#up} only when the server is there to stay. */
    State state(GenericKubernetesResource object);

    /** The service at which the server answers. */
    String service(GenericKubernetesResource object);

    /** The image that the server runs. */
    String image(ServerWish wish);

    /** Whether a pod is the one that recovers the server. */
    boolean recovers(Pod pod);

    /** What the server itself says in a line of that pod's log. */
    Optional<String> said(String line);

    /** What the server may use. */
    record Grant(ClusterSettings.Share share, long storage) {}

    /**
     * The operator's own words.
     *
     * @param phase as it calls it
     * @param failed whether it has given up
     */
    record State(boolean up, String phase, boolean failed) {}
}
