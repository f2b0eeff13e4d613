package dev.muster.backup.health;

import dev.muster.drill.Promises;
import dev.muster.drill.VaultAnswer;
import dev.muster.drill.VaultQuestion;
import java.util.Optional;

/** Does the vault keep what is overwritten or deleted? */
final class Versioning implements Question {
    private final Each each;

    Versioning(Each each) {
        this.each = each;
    }

    @Override
    public VaultQuestion name() {
        return VaultQuestion.VERSIONING;
    }

    @Override
    public boolean promised(Promises promises) {
        return promises.versioned();
    }

    @Override
    public VaultAnswer ask(Holdings holdings) throws InterruptedException {
        Optional<String> status = each.ask(() -> holdings.vault().custody().versioning());
        Reply reply = new Reply(this).seen("versioning", status.orElse("never enabled"));
        if (!holdings.promises().versioned()) {
            return reply.notPromised();
        }
        return reply.judged(
                status.filter("Enabled"::equals).isPresent()
                        ? Optional.empty()
                        : Optional.of(holdings.problem(
                                "The bucket keeps no versions, so that an overwritten or deleted backup is gone",
                                "Enable versioning for the bucket (PutBucketVersioning), with a lifecycle rule for old"
                                        + " versions.")));
    }
}
