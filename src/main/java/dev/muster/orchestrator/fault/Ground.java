package dev.muster.orchestrator.fault;

import dev.muster.backup.Vaults;
import dev.muster.drill.ObjectRead;
import dev.muster.drill.RecoveryPoint;
import dev.muster.drill.Runbook;
import dev.muster.scratch.Database;
import dev.muster.scratch.Scratch;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/**
 * What a fault is made from.
 *
 * @param restored the database as it was restored
 * @param scratch where programs can be run
 * @param lots what every choice of this fault is drawn with
 * @param read told of each object that is read for the fault, since evidence names all of them
 */
public record Ground(
        Runbook runbook,
        RecoveryPoint point,
        Vaults vaults,
        Optional<Database> restored,
        Scratch scratch,
        Random lots,
        Consumer<List<ObjectRead>> read) {

    /** One of these, drawn by lot; where there is none, the fault does not apply for this reason. */
    <T> T one(List<T> of, String otherwise) throws NotApplicable {
        if (of.isEmpty()) {
            throw new NotApplicable(otherwise);
        }
        return of.get(lots.nextInt(of.size()));
    }
}
