package dev.muster.scratch;

import dev.muster.drill.Ensemble;
import java.util.List;
import java.util.Optional;

/**
 * What a drill is going to have beside its scratch.
 *
 * @param server that an operator of the cluster recovers
 * @param ensembles of the applications that are made of manifests
 */
public record CompanionWish(Optional<ServerWish> server, List<Ensemble> ensembles) {
    public CompanionWish {
        ensembles = List.copyOf(ensembles);
    }
}
