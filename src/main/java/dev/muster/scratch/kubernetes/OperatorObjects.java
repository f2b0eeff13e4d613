package dev.muster.scratch.kubernetes;

import dev.muster.scratch.ServerWish;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What has an operator recover a server.
 *
 * @param room that it takes in the namespace
 * @param policies what lets the operator look after the server, and lets the server recover
 * @param asking what asks the operator, the object of its own kind last
 */
record OperatorObjects(Widening room, List<HasMetadata> policies, List<HasMetadata> asking) {

    static OperatorObjects of(Ground ground, Operator operator, ServerWish wish) throws InterruptedException {
        Set<String> known = new TreeSet<>();
        for (String welcome : operator.welcome()) {
            if (ground.knows(welcome)) {
                known.add(welcome);
            }
        }
        OperatorNeeds needs = new OperatorNeeds(ground, wish);
        return new OperatorObjects(
                needs.room(),
                operator.policies(ground.naming(), ground.apiServers()),
                operator.objects(
                        needs.fromWithin(), ground.password(), ground.naming(), ground.plan(), needs.grant(), known));
    }

    /** The one by which the operator says how far it is. */
    HasMetadata main() {
        return asking.get(asking.size() - 1);
    }

    /** Opens what has to be open before the operator is asked. */
    void makeWay(Ground ground) throws InterruptedException {
        ground.widen(room);
        for (HasMetadata policy : policies) {
            ground.apply(policy);
        }
    }
}
