package dev.muster.orchestrator.outside;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.drill.Secret;
import dev.muster.ledger.Checkpoint;
import dev.muster.ledger.Checkpoints;
import dev.muster.ledger.Destination;
import java.util.function.Supplier;

/**
 * Posts checkpoints to an address.
 *
 * @param name the address without what may be secret in it
 * @param address asked for anew each time
 */
public record WebhookCopy(String name, Supplier<Secret> address) implements Destination {
    @Override
    public void put(Checkpoint checkpoint) throws InterruptedException {
        Posting.Answer answer = new Posting(name)
                .post(address.get().reveal(), checkpoint.text(), "X-Muster-Checkpoint", Checkpoints.name(checkpoint));
        if (answer.status() / 100 != 2) {
            throw new CouldNotRun(new Problem(
                    "The checkpoint was not taken: the answer was " + answer.status(),
                    name,
                    "See in that server's log why. It is tried again with the next checkpoint."));
        }
    }
}
