package dev.muster.backup.bucket;

import dev.muster.backup.VaultSettings;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.utils.BinaryUtils;
import software.amazon.awssdk.utils.Md5Utils;

/** The one way in which anything is put into a vault: a new object below a prefix that holds no backup. */
public final class Deposit implements AutoCloseable {
    private static final int PRECONDITION_FAILED = 412;
    private static final int CONFLICT = 409;
    private static final int FORBIDDEN = 403;
    private static final int NOT_IMPLEMENTED = 501;

    private final Vault vault;
    private final VaultSettings settings;
    private final String prefix;
    private final S3Client client;
    private final VaultFaults faults;

    Deposit(Vault vault, VaultSettings settings, Clock clock, Patience patience, String prefix, VaultFaults faults) {
        this.vault = vault;
        this.settings = settings;
        this.prefix = prefix;
        this.client = Connection.open(
                settings, clock, patience, new OnlyAdds(settings.bucket(), prefix), policy -> policy.adding(prefix));
        this.faults = faults;
    }

    /**
     * Adds an object, and never replaces one; its address.
     *
     * @param locked until when the vault is asked to let nobody change or remove it
     */
    public String add(String name, byte[] content, Optional<Instant> locked) {
        String key = prefix + name;
        String address = "s3://" + settings.bucket() + "/" + key;
        if (vault.describe(key, Optional.empty()).isPresent()) {
            throw there(address);
        }
        try {
            put(key, content, locked);
            return address;
        } catch (S3Exception refused) {
            throw switch (refused.statusCode()) {
                case PRECONDITION_FAILED, CONFLICT -> there(address);
                case FORBIDDEN ->
                    new CouldNotRun(
                            new Problem(
                                    "The vault does not allow to add an object",
                                    address,
                                    "Drills need no right to write, and should have none. For this name a vault with the same"
                                            + " bucket and a key of its own in `vaults:` of the settings, with the permission"
                                            + " s3:PutObject" + (locked.isPresent() ? " and s3:PutObjectRetention" : "")
                                            + " below " + prefix + ", and write its name where this one's stands: in"
                                            + " `baseline.vault` of the runbook, or in `ledger.checkpoints` of the"
                                            + " settings."),
                            refused);
                default -> faults.explain(refused, "write", address);
            };
        } catch (SdkException unanswered) {
            throw faults.explain(unanswered, "write", address);
        }
    }

    private void put(String key, byte[] content, Optional<Instant> locked) {
        PutObjectRequest.Builder plain =
                PutObjectRequest.builder().bucket(settings.bucket()).key(key);
        // A lock is taken only with a digest of what it is for.
        locked.ifPresent(until -> plain.objectLockMode(ObjectLockMode.COMPLIANCE)
                .objectLockRetainUntilDate(until)
                .contentMD5(BinaryUtils.toBase64(Md5Utils.computeMD5Hash(content))));
        try {
            client.putObject(plain.build().toBuilder().ifNoneMatch("*").build(), RequestBody.fromBytes(content));
        } catch (S3Exception refused) {
            if (refused.statusCode() != NOT_IMPLEMENTED) {
                throw refused;
            }
            putWhereNothingIs(plain.build(), content);
        } catch (SdkClientException broken) {
            // Such a server may answer before it has read the object, and close the line on the rest of it. AWS does
            // not.
            if (settings.endpoint().isEmpty()
                    || vault.describe(key, Optional.empty()).isPresent()) {
                throw broken;
            }
            putWhereNothingIs(plain.build(), content);
        }
    }

    /** A server that cannot be asked to replace nothing; that nothing was there has to do. */
    private void putWhereNothingIs(PutObjectRequest plain, byte[] content) {
        client.putObject(plain, RequestBody.fromBytes(content));
    }

    private static CouldNotRun there(String address) {
        return new CouldNotRun(new Problem(
                "There is an object of this name already, and none is ever replaced",
                address,
                "It was put there for the same instant. Use it as it is; if it cannot be relied on, remove it by hand"
                        + " first."));
    }

    @Override
    public void close() {
        client.close();
    }
}
