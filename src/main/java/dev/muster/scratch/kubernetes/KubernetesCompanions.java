package dev.muster.scratch.kubernetes;

import dev.muster.drill.Ensemble;
import dev.muster.drill.OperatorPlan;
import dev.muster.drill.Progress;
import dev.muster.scratch.Companions;
import dev.muster.scratch.Opening;
import dev.muster.scratch.Served;
import dev.muster.scratch.ServerWish;
import dev.muster.scratch.kubernetes.Patience.Refused;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What runs beside a scratch in its namespace; it goes with the namespace. */
final class KubernetesCompanions implements Companions {
    /** A further operator is one more entry. */
    private static final Map<String, Operator> OPERATORS = Map.of(OperatorPlan.CLOUD_NATIVE_PG, new CloudNativePg());

    static final String APPLYING = "Manifests are applied";
    static final String RESTORING = "An operator restores";

    private final Surroundings surroundings;

    KubernetesCompanions(Cluster cluster, Naming naming, Opening opening, ClusterSettings settings) {
        this.surroundings = new Surroundings(cluster, naming, opening, settings);
    }

    @Override
    public Served start(
            Ensemble ensemble, Map<String, String> blanks, OptionalInt port, Duration within, Progress progress)
            throws InterruptedException {
        surroundings.demandOwnNamespace(APPLYING);
        try {
            return new EnsembleStart(surroundings, ensemble, within, progress).start(blanks, port);
        } catch (Refused refused) {
            throw refused.forGood();
        }
    }

    @Override
    public Served recover(ServerWish wish, Progress progress) throws InterruptedException {
        surroundings.demandOwnNamespace(RESTORING);
        try {
            return new OperatorRecovery(surroundings, operator(wish), wish, progress).recover();
        } catch (Refused refused) {
            throw refused.forGood();
        }
    }

    static Operator operator(ServerWish wish) {
        return Optional.ofNullable(OPERATORS.get(wish.plan().operator()))
                .orElseThrow(() -> new IllegalStateException("the reader of runbooks lets an unknown operator pass"));
    }
}
