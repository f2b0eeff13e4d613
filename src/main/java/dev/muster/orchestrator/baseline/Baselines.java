package dev.muster.orchestrator.baseline;

import dev.muster.backup.Vaults;
import dev.muster.check.comparison.Background;
import dev.muster.check.comparison.BaselineReader;
import dev.muster.drill.Baseline;
import dev.muster.drill.BaselinePlan;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.drill.Runbook;
import dev.muster.drill.StoredObject;
import dev.muster.signing.Envelope;
import dev.muster.signing.KeyRing;
import dev.muster.signing.PublicKeyText;
import dev.muster.signing.Signer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The baselines that lie in vaults, each signed. */
public final class Baselines {
    private static final long LARGEST = 64 << 20;

    private final Vaults vaults;
    private final KeyRing keys;

    /** @param keys the key that signs, and beside it the public keys of all who may sign baselines */
    public Baselines(Vaults vaults, KeyRing keys) {
        this.vaults = vaults;
        this.keys = keys;
    }

    /** The one that is nearest to an instant. */
    public Background.Known nearest(Runbook runbook, Instant point) throws InterruptedException {
        BaselinePlan plan = runbook.baseline().orElseThrow();
        String remedy = "Make one with \"muster baseline " + runbook.file() + "\"";
        Optional<StoredObject> nearest = vaults.list(plan.vault(), plan.prefix()).stream()
                .filter(object -> object.folder().equals(plan.prefix()))
                .filter(object -> named(runbook, object).isPresent())
                .min(Comparator.comparing((StoredObject object) -> Duration.between(
                                        named(runbook, object).orElseThrow().at(), point)
                                .abs())
                        .thenComparing(StoredObject::key));
        if (nearest.isEmpty()) {
            throw new CouldNotRun(new Problem(
                    "There is no baseline of the system " + runbook.system() + " to compare with",
                    "vault " + plan.vault() + ", " + plan.prefix(),
                    remedy + ", or take \"baseline:\" out of the runbook."));
        }
        return opened(runbook, nearest.get());
    }

    private static Optional<BaselineName> named(Runbook runbook, StoredObject object) {
        return BaselineName.parse(runbook.system(), object.name());
    }

    private Background.Known opened(Runbook runbook, StoredObject object) throws InterruptedException {
        if (object.size() > LARGEST) {
            throw unusable(runbook, object, "it has " + object.size() + " bytes, far more than any baseline");
        }
        byte[] bytes = vaults.read(object)
                .orElseThrow(() -> unusable(runbook, object, "it was removed or replaced while the drill ran"));
        List<PublicKeyText> trusted = keys.publicKeys();
        Envelope envelope = Envelope.open(BaselineDocument.PAYLOAD_TYPE, bytes, trusted)
                .orElseThrow(() -> unusable(
                        runbook,
                        object,
                        "it carries no signature by a key that is trusted here ("
                                + trusted.stream()
                                        .map(key -> key.keyId().substring(0, 16))
                                        .collect(Collectors.joining(", "))
                                + ")"));
        Baseline baseline = BaselineDocument.read(envelope.payload())
                .orElseThrow(() -> unusable(runbook, object, "it is not laid out as this Muster knows it"));
        // A signed one under another's name would be taken for what it is not.
        if (!new BaselineName(baseline.system(), baseline.at()).toString().equals(object.name())) {
            throw unusable(
                    runbook,
                    object,
                    "it is that of " + baseline.system() + " at " + baseline.at() + ", whatever its name");
        }
        return new Background.Known(baseline, object.address(), sha256(bytes), envelope.keyId());
    }

    private CouldNotRun unusable(Runbook runbook, StoredObject object, String why) {
        return new CouldNotRun(new Problem(
                "The baseline cannot be relied on: " + why,
                object.address(),
                "If it was made by another Muster, put that one's public key (\"muster keys show\" there) as a file"
                        + " NAME.pem into " + keys.folder()
                        + ". Else find out who writes there, remove the object, and make a new"
                        + " one with \"muster baseline " + runbook.file() + "\"."));
    }

    /** Signs one and puts it into its vault. */
    Kept keep(Runbook runbook, Baseline baseline) throws InterruptedException {
        BaselinePlan plan = runbook.baseline().orElseThrow();
        Signer signing = keys.evidence();
        byte[] sealed = Envelope.seal(
                BaselineDocument.PAYLOAD_TYPE, BaselineDocument.write(baseline, BaselineReader.FORMULA), signing);
        String address = vaults.add(
                plan.vault(), plan.prefix(), new BaselineName(baseline.system(), baseline.at()).toString(), sealed);
        return new Kept(baseline, address, sha256(sealed), signing.keyId());
    }

    /** Finds out before the work, rather than after it, that it could not be signed. */
    void ready() {
        keys.evidence();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
