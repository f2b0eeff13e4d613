package dev.muster.backup.health;

import dev.muster.backup.bucket.Custody.Lock;
import dev.muster.drill.Finding;
import dev.muster.drill.Problem;
import dev.muster.drill.Promises;
import dev.muster.drill.Span;
import dev.muster.drill.StoredObject;
import dev.muster.drill.VaultAnswer;
import dev.muster.drill.VaultQuestion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Are the backups locked against change and deletion for as long as was promised? Remembers until when. */
final class Locks implements Question {
    /** What sets a lock computes its end before the object is stored, or on another clock. */
    private static final Duration GRACE = Duration.ofHours(1);

    private final Each each;
    private final Map<String, Instant> until = new TreeMap<>();

    Locks(Each each) {
        this.each = each;
    }

    /** Until when each object is locked, by key; of those that were asked. */
    Map<String, Instant> until() {
        return until;
    }

    @Override
    public VaultQuestion name() {
        return VaultQuestion.LOCK;
    }

    @Override
    public boolean promised(Promises promises) {
        return promises.immutable().isPresent();
    }

    @Override
    public VaultAnswer ask(Holdings holdings) throws InterruptedException {
        Optional<String> rule = each.ask(() -> holdings.vault().custody().lockRule());
        Reply reply = new Reply(this).seen("object lock of the bucket", rule.orElse("off"));
        Optional<Duration> promised = holdings.promises().immutable();
        if (rule.isEmpty()) {
            return promised.isEmpty()
                    ? reply.notPromised()
                    : reply.judged(Optional.of(holdings.problem(
                            "The bucket has no object lock, so that whoever may write can delete every backup",
                            "Object lock is enabled for a new bucket, or by the provider for this one; then give it a"
                                    + " default retention of " + new Span(promised.get()) + ".")));
        }
        List<StoredObject> objects = Each.objects(holdings);
        Map<StoredObject, Optional<Lock>> locks =
                each.ask(objects, holdings.vault().custody()::lock);
        locks.forEach((object, lock) -> lock.ifPresent(found -> until.put(object.key(), found.until())));
        modes(locks)
                .forEach((mode, count) -> reply.seen("locked, " + mode, count + " of " + objects.size() + " objects"));
        until.values().stream().max(Instant::compareTo).ifPresent(last -> reply.seen("locked at most until", last));
        if (promised.isEmpty()) {
            return reply.notPromised();
        }
        reply.seen("promised", new Span(promised.get()) + " from when each was stored, with an hour's grace");
        if (objects.isEmpty()) {
            return reply.unknown(Each.nothing(holdings));
        }
        if (modes(locks).containsKey("GOVERNANCE")) {
            reply.find(
                    Finding.Severity.MINOR,
                    holdings.problem(
                            "Locks on the " + holdings.asset()
                                    + " are in governance mode, which a key with the permission"
                                    + " s3:BypassGovernanceRetention lifts",
                            "Use compliance mode where nobody at all shall be able to delete, and see who holds that"
                                    + " permission."));
        }
        return reply.judged(tooShort(holdings, objects, locks, promised.get()));
    }

    private static Optional<Problem> tooShort(
            Holdings holdings, List<StoredObject> objects, Map<StoredObject, Optional<Lock>> locks, Duration promised) {
        List<StoredObject> open = objects.stream()
                .filter(one -> one.lastModified().plus(promised).isAfter(holdings.now()))
                .filter(one -> locks.getOrDefault(one, Optional.empty())
                        .filter(lock -> !lock.until()
                                .plus(GRACE)
                                .isBefore(one.lastModified().plus(promised)))
                        .isEmpty())
                .toList();
        if (open.isEmpty()) {
            return Optional.empty();
        }
        StoredObject first = open.get(0);
        String now = locks.getOrDefault(first, Optional.empty())
                .map(lock -> "is locked until " + lock.until())
                .orElse("is not locked");
        return Optional.of(new Problem(
                open.size() + " of " + objects.size() + " objects of the " + holdings.asset()
                        + " can be deleted earlier than promised: " + first.name() + ", stored at "
                        + first.lastModified() + ", " + now,
                first.address(),
                "Give the bucket a default retention of " + new Span(promised)
                        + ", and lock what lies there already with PutObjectRetention."));
    }

    private static Map<String, Integer> modes(Map<StoredObject, Optional<Lock>> locks) {
        Map<String, Integer> modes = new TreeMap<>();
        locks.values().forEach(lock -> lock.ifPresent(found -> modes.merge(found.mode(), 1, Integer::sum)));
        return modes;
    }
}
