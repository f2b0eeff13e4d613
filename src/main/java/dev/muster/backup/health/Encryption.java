package dev.muster.backup.health;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.drill.Promises;
import dev.muster.drill.StoredObject;
import dev.muster.drill.VaultAnswer;
import dev.muster.drill.VaultQuestion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Does the vault encrypt what it stores? */
final class Encryption implements Question {
    private final Each each;

    Encryption(Each each) {
        this.each = each;
    }

    @Override
    public VaultQuestion name() {
        return VaultQuestion.ENCRYPTION;
    }

    @Override
    public boolean promised(Promises promises) {
        return promises.encrypted();
    }

    @Override
    public VaultAnswer ask(Holdings holdings) throws InterruptedException {
        Reply reply = new Reply(this);
        boolean promised = holdings.promises().encrypted();
        List<StoredObject> objects = promised
                ? Each.objects(holdings)
                : holdings.newest().map(Generation::head).stream().toList();
        Map<StoredObject, Optional<String>> told =
                each.ask(objects, holdings.vault().custody()::encryption);
        Map<String, Integer> ways = new TreeMap<>();
        told.values()
                .forEach(way -> ways.merge(way.orElse("not encrypted, as far as the vault says"), 1, Integer::sum));
        ways.forEach((way, count) -> reply.seen(way, count + (count == 1 ? " object" : " objects")));
        reply.seen("usual in this bucket", usual(holdings));
        if (!promised) {
            return reply.notPromised();
        }
        if (objects.isEmpty()) {
            return reply.unknown(Each.nothing(holdings));
        }
        List<StoredObject> open = objects.stream()
                .filter(one -> told.getOrDefault(one, Optional.empty()).isEmpty())
                .toList();
        return reply.judged(
                open.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Problem(
                                "The vault does not encrypt " + open.size() + " of " + objects.size()
                                        + " objects of the " + holdings.asset() + ", as far as it says",
                                open.get(0).address(),
                                "Let the bucket encrypt by default (PutBucketEncryption) and store these once more, or"
                                        + " remove `encrypted` from the promises if they are encrypted otherwise.")));
    }

    /** It says what will happen to the next one, and is not what was promised: it may be left unanswered. */
    private static String usual(Holdings holdings) {
        try {
            return holdings.vault().custody().usualEncryption().orElse("none");
        } catch (CouldNotRun unanswered) {
            return "not told: " + unanswered.problem().what();
        }
    }
}
