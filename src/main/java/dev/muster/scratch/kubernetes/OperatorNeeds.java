package dev.muster.scratch.kubernetes;

import dev.muster.scratch.ServerWish;
import dev.muster.scratch.kubernetes.ClusterSettings.Share;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import java.util.Optional;

/** What a server takes that an operator recovers, once runbook and settings have both had their say. */
record OperatorNeeds(Ground ground, ServerWish asked) {
    private static final long TIMES_THE_BACKUP = 4;
    /** The one that recovers, the one that stays, and one more while they change places. */
    private static final int PODS = 3;

    /** The vault as it is seen from within the cluster. */
    ServerWish fromWithin() {
        ServerWish.Store store = asked.store();
        return new ServerWish(
                asked.plan(),
                asked.postgres(),
                asked.bytes(),
                new ServerWish.Store(
                        store.vault(),
                        Optional.ofNullable(ground.settings().endpoints().get(store.vault()))
                                .or(store::endpoint),
                        store.region(),
                        store.bucket(),
                        store.prefix(),
                        store.accessKey(),
                        store.secretKey(),
                        store.sessionToken()),
                asked.backup(),
                asked.target());
    }

    /** What the server may use. */
    Operator.Grant grant() {
        Share usual = ground.settings().database();
        Share share = new Share(
                ground.plan().cpu().orElse(usual.cpu()), ground.plan().memory().orElse(usual.memory()));
        long storage = asked.plan()
                .storage()
                .orElse(ground.opening().plan().disk().orElse(TIMES_THE_BACKUP * asked.bytes() + (1L << 30)));
        return new Operator.Grant(share, storage);
    }

    /** The room that it takes in the namespace. */
    Widening room() {
        Map<String, Quantity> share = Map.of(
                "cpu",
                new Quantity(grant().share().cpu()),
                "memory",
                Quantities.bytes(grant().share().memory()));
        Widening room = ground.widening();
        room.hold(
                new PodSpecBuilder()
                        .addNewInitContainerLike(new ContainerBuilder().build())
                        .endInitContainer()
                        .addNewContainer()
                        .withNewResources()
                        .withRequests(share)
                        .withLimits(share)
                        .endResources()
                        .endContainer()
                        .build(),
                PODS);
        room.hold(
                new PersistentVolumeClaimBuilder()
                        .withNewSpec()
                        .withNewResources()
                        .addToRequests("storage", Quantities.bytes(grant().storage()))
                        .endResources()
                        .endSpec()
                        .build(),
                1);
        return room;
    }
}
