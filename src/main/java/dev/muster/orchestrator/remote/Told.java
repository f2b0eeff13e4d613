package dev.muster.orchestrator.remote;

import dev.muster.orchestrator.WorkOrder;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** What a worker is told. */
sealed interface Told {

    /**
     * The first word of every conversation.
     *
     * @param heard the number of the last saying that was heard; zero at the beginning
     * @param order what to do; a worker that is at it already goes on
     * @param vaults where the backups lie
     * @param programs what the settings name for applications that the runbook starts
     */
    record Work(long heard, WorkOrder order, List<VaultPlace> vaults, List<Programs.Carried> programs) implements Told {
        public Work {
            vaults = List.copyOf(vaults);
            programs = List.copyOf(programs);
        }
    }

    /** The answer to a question of the worker's. */
    record Answers(long question, Question.Answer answer) implements Told {}

    /** Stop, for this reason. */
    record Cancels(String reason) implements Told {}

    /** A vault as it is reached from within a scratch; its keys are among the scratch's secrets. */
    record VaultPlace(String name, Optional<URI> endpoint, String region, String bucket, boolean pathStyle) {}
}
