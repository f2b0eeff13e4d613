package dev.muster.backup.health;

import dev.muster.drill.Promises;
import dev.muster.drill.VaultAnswer;
import dev.muster.drill.VaultQuestion;
import java.util.Optional;

/** Was anything promised at all? Without a promise nothing can be broken, and nothing be kept. */
final class AnyPromise implements Question {

    @Override
    public VaultQuestion name() {
        return VaultQuestion.PROMISES;
    }

    @Override
    public boolean promised(Promises promises) {
        return !promises.equals(Promises.NONE);
    }

    @Override
    public VaultAnswer ask(Holdings holdings) {
        Reply reply = new Reply(this);
        return promised(holdings.promises())
                ? reply.seen("promised", String.join(", ", holdings.promises().words()))
                        .judged(Optional.empty())
                : reply.seen("promised", "nothing").notPromised();
    }
}
