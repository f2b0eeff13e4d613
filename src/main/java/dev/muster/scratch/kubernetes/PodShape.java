package dev.muster.scratch.kubernetes;

import dev.muster.drill.ClusterPlan;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.drill.ScratchPlan;
import dev.muster.scratch.Opening;
import dev.muster.scratch.kubernetes.ClusterSettings.Share;
import java.util.Optional;

/**
 * What the pod of a scratch consists of, once runbook and settings have both had their say.
 *
 * @param applicationImage the image of the application that has a container of its own
 * @param volume how many bytes the scratch may hold
 */
record PodShape(
        String workerImage,
        Share worker,
        String databaseImage,
        Share database,
        long sharedMemory,
        Optional<String> applicationImage,
        Share application,
        long user,
        long volume) {

    static PodShape of(Opening opening, ClusterSettings settings) {
        ScratchPlan plan = opening.plan();
        ClusterPlan asked = plan.cluster();
        Share database = new Share(
                asked.cpu().orElse(settings.database().cpu()),
                asked.memory().orElse(settings.database().memory()));
        long sharedMemory = asked.sharedMemory().orElse(settings.sharedMemory());
        if (sharedMemory >= database.memory()) {
            throw new CouldNotRun(new Problem(
                    "The database's " + database.memory() + " bytes of memory would all be shared memory, of which "
                            + sharedMemory + " bytes are asked",
                    "scratch.kubernetes.sharedMemory in the runbook, kubernetes.database in the settings",
                    "Ask for less shared memory, or give the database more memory: the one is a part of the other."));
        }
        return new PodShape(
                settings.images().worker(),
                settings.worker(),
                databaseImage(plan, settings),
                database,
                sharedMemory,
                asked.application(),
                settings.application(),
                asked.user().orElse(settings.user()),
                plan.volume(opening.bytes()));
    }

    private static String databaseImage(ScratchPlan plan, ClusterSettings settings) {
        return plan.cluster()
                .image()
                .or(() -> Optional.ofNullable(settings.images().postgres().get(plan.postgres())))
                .orElseThrow(() -> new CouldNotRun(new Problem(
                        "Nothing says which image has PostgreSQL " + plan.postgres(),
                        "scratch.kubernetes.image in the runbook, kubernetes.images.postgres in the settings",
                        "Name one, best by its digest, such as docker.io/library/postgres@sha256:...")));
    }
}
