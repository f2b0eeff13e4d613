package dev.muster.scratch;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Ensemble;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;

/** What runs beside a scratch, for those who hold the scratch from outside; it goes with the scratch. */
public interface Companions {

    /** Applies the objects of an application, and waits until all that runs is up or something is wrong with it. */
    Served start(Ensemble ensemble, Map<String, String> blanks, OptionalInt port, Duration within, Progress progress)
            throws InterruptedException;

    /** Has an operator recover a server, in place of the one that it has recovered before. */
    Served recover(ServerWish wish, Progress progress) throws InterruptedException;

    /** Nothing can run beside the scratch. */
    Companions NONE = new Companions() {
        @Override
        public Served start(
                Ensemble ensemble, Map<String, String> blanks, OptionalInt port, Duration within, Progress progress) {
            throw new CouldNotRun(onlyInKubernetes("Manifests are applied"));
        }

        @Override
        public Served recover(ServerWish wish, Progress progress) {
            throw new CouldNotRun(onlyInKubernetes("An operator of a cluster restores"));
        }

        private Problem onlyInKubernetes(String what) {
            return new Problem(
                    what + " only where the scratch is in Kubernetes",
                    "scratch.on in the runbook",
                    "Say `on: kubernetes` there, or --set scratch.on=kubernetes.");
        }
    };
}
