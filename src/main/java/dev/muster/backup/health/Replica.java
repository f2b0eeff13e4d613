package dev.muster.backup.health;

import dev.muster.backup.bucket.Vault;
import dev.muster.backup.digest.ExpectedDigest;
import dev.muster.drill.Problem;
import dev.muster.drill.Promises;
import dev.muster.drill.StoredObject;
import dev.muster.drill.VaultAnswer;
import dev.muster.drill.VaultQuestion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Do the same objects lie in another vault, with the same bytes as far as can be told without reading them? */
final class Replica implements Question {
    /** What was stored just now may still be on its way. */
    private static final Duration ON_ITS_WAY = Duration.ofHours(1);

    private static final int NAMED = 5;

    private final Each each;
    private final Function<String, Vault> vaults;

    Replica(Each each, Function<String, Vault> vaults) {
        this.each = each;
        this.vaults = vaults;
    }

    @Override
    public VaultQuestion name() {
        return VaultQuestion.REPLICA;
    }

    @Override
    public boolean promised(Promises promises) {
        return promises.replica().isPresent();
    }

    @Override
    public VaultAnswer ask(Holdings holdings) throws InterruptedException {
        Reply reply = new Reply(this);
        if (holdings.promises().replica().isEmpty()) {
            return reply.seen("replica", "none is named").notPromised();
        }
        Promises.Replica replica = holdings.promises().replica().get();
        Vault other = vaults.apply(replica.vault());
        List<StoredObject> here =
                each.ask(() -> holdings.vault().list(holdings.source().prefix()));
        Map<String, StoredObject> there = each.ask(() -> other.list(replica.prefix())).stream()
                .collect(Collectors.toMap(
                        one -> one.key().substring(replica.prefix().length()), one -> one));
        reply.seen("objects here", here.size()).seen("objects in " + other.place(replica.prefix()), there.size());
        List<String> missing = new ArrayList<>();
        List<StoredObject> inDoubt = new ArrayList<>();
        List<String> different = new ArrayList<>();
        int onItsWay = 0;
        for (StoredObject one : here) {
            String key = relative(one, holdings);
            StoredObject twin = there.get(key);
            if (twin == null && one.lastModified().isAfter(holdings.now().minus(ON_ITS_WAY))) {
                onItsWay++;
            } else if (twin == null) {
                missing.add(key);
            } else if (twin.size() != one.size()) {
                different.add(key);
            } else if (!twin.etag().equals(one.etag())) {
                inDoubt.add(one);
            }
        }
        List<String> unknown = new ArrayList<>();
        Map<StoredObject, Optional<Boolean>> compared =
                each.ask(inDoubt, one -> same(holdings.vault(), one, other, twin(there, relative(one, holdings))));
        compared.forEach((one, same) -> {
            if (same.isEmpty()) {
                unknown.add(relative(one, holdings));
            } else if (!same.get()) {
                different.add(relative(one, holdings));
            }
        });
        reply.seen("missing there", missing.size()).seen("different there", different.size());
        reply.seen("not comparable", unknown.size()).seen("stored within the last hour, may be on its way", onItsWay);
        if (here.isEmpty()) {
            return reply.unknown(Each.nothing(holdings));
        }
        if (!missing.isEmpty() || !different.isEmpty()) {
            return reply.judged(Optional.of(differs(holdings, other.place(replica.prefix()), missing, different)));
        }
        if (!unknown.isEmpty()) {
            return reply.unknown(new Problem(
                    "Whether the replica of the " + holdings.asset() + " holds the same bytes cannot be told without"
                            + " reading them: " + named(unknown)
                            + " has another ETag there, and no checksum that both vaults keep",
                    other.place(replica.prefix()),
                    "Store and copy with a checksum of the whole object (CRC64NVME, SHA-256), or in parts of the same"
                            + " size."));
        }
        return reply.judged(Optional.empty());
    }

    private static Problem differs(Holdings holdings, String where, List<String> missing, List<String> different) {
        List<String> parts = new ArrayList<>();
        if (!missing.isEmpty()) {
            parts.add(missing.size() + " missing there: " + named(missing));
        }
        if (!different.isEmpty()) {
            parts.add(different.size() + " different there: " + named(different));
        }
        return new Problem(
                "The replica of the " + holdings.asset() + " is not the same: " + String.join("; ", parts),
                where,
                "See whether replication is on and has caught up (of an object, its replication status), and copy again"
                        + " what differs.");
    }

    /** By a checksum that both vaults keep, or by ETags that are digests; absent when there is neither. */
    private static Optional<Boolean> same(Vault here, StoredObject one, Vault there, StoredObject twin) {
        for (ExpectedDigest digest : here.checksums(one).digests()) {
            for (ExpectedDigest other : there.checksums(twin).digests()) {
                if (digest.algorithm() == other.algorithm()) {
                    return Optional.of(digest.hex().equals(other.hex()));
                }
            }
        }
        // That they differ was seen before.
        return isDigest(here, one) && isDigest(there, twin) ? Optional.of(false) : Optional.empty();
    }

    /** The tag of what was stored in parts, or encrypted with a key of the vault's own, is none. */
    private static boolean isDigest(Vault vault, StoredObject object) {
        return object.etag().matches("[0-9a-fA-F]{32}")
                && vault.custody()
                        .encryption(object)
                        .filter(way -> way.startsWith("aws:"))
                        .isEmpty();
    }

    private static StoredObject twin(Map<String, StoredObject> there, String key) {
        return Optional.ofNullable(there.get(key)).orElseThrow();
    }

    private static String relative(StoredObject one, Holdings holdings) {
        return one.key().substring(holdings.source().prefix().length());
    }

    private static String named(List<String> keys) {
        String first = keys.stream().limit(NAMED).collect(Collectors.joining(", "));
        return keys.size() > NAMED ? first + " and " + (keys.size() - NAMED) + " more" : first;
    }
}
