package dev.muster.backup.bucket;

import dev.muster.backup.VaultSettings;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.drill.StoredObject;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DefaultRetention;
import software.amazon.awssdk.services.s3.model.ObjectLockRetention;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Asks a vault how it keeps what it stores. What it does not answer is thrown, and never taken for a no. */
public final class Custody {
    private static final Set<Integer> FORBIDDEN = Set.of(401, 403);
    private static final Set<Integer> NOT_UNDERSTOOD = Set.of(400, 405, 501);

    private final S3Client client;
    private final VaultSettings settings;
    private final VaultFaults faults;

    Custody(S3Client client, VaultSettings settings, VaultFaults faults) {
        this.client = client;
        this.settings = settings;
        this.faults = faults;
    }

    /**
     * A lock on an object.
     *
     * @param mode whether the vault's administrator could lift it ({@code GOVERNANCE}) or nobody ({@code COMPLIANCE})
     */
    public record Lock(String mode, Instant until) {}

    /** How the vault encrypts this object; absent when it does not say that it does. */
    public Optional<String> encryption(StoredObject object) {
        return ask(
                "encryption",
                "s3:GetObject",
                object.key(),
                Set.of(),
                () -> Optional.ofNullable(client.headObject(request -> request.bucket(settings.bucket())
                                .key(object.key())
                                .versionId(object.version().orElse(null)))
                        .serverSideEncryptionAsString()));
    }

    /** How the vault encrypts what is stored without further words; absent when it does not. */
    public Optional<String> usualEncryption() {
        return ask(
                "encryption",
                "s3:GetEncryptionConfiguration",
                "",
                Set.of("ServerSideEncryptionConfigurationNotFoundError"),
                () -> {
                    var rules = told(client.getBucketEncryption(request -> request.bucket(settings.bucket()))
                            .serverSideEncryptionConfiguration());
                    return rules.rules().stream()
                            .flatMap(rule -> Optional.ofNullable(rule.applyServerSideEncryptionByDefault()).stream())
                            .map(usual -> String.valueOf(usual.sseAlgorithmAsString()))
                            .findFirst();
                });
    }

    /** Whether the vault keeps what is overwritten or deleted: {@code Enabled}, {@code Suspended}; absent when never. */
    public Optional<String> versioning() {
        return ask(
                "versioning",
                "s3:GetBucketVersioning",
                "",
                Set.of(),
                () -> Optional.ofNullable(client.getBucketVersioning(request -> request.bucket(settings.bucket()))
                        .statusAsString()));
    }

    /** How the vault locks what is stored without further words; absent when it can lock nothing. */
    public Optional<String> lockRule() {
        return ask(
                "object lock",
                "s3:GetBucketObjectLockConfiguration",
                "",
                Set.of("ObjectLockConfigurationNotFoundError", "ObjectLockConfigurationNotFound"),
                () -> {
                    var lock = told(client.getObjectLockConfiguration(request -> request.bucket(settings.bucket()))
                            .objectLockConfiguration());
                    return Optional.of(Optional.ofNullable(lock.rule())
                            .flatMap(rule -> Optional.ofNullable(rule.defaultRetention()))
                            .map(Custody::words)
                            .orElse("on, without a usual length"));
                });
    }

    /** The lock on this object; absent when it has none. */
    public Optional<Lock> lock(StoredObject object) {
        return ask(
                "object lock",
                "s3:GetObjectRetention",
                object.key(),
                Set.of("NoSuchObjectLockConfiguration", "InvalidRequest"),
                () -> {
                    ObjectLockRetention retention =
                            told(client.getObjectRetention(request -> request.bucket(settings.bucket())
                                            .key(object.key())
                                            .versionId(object.version().orElse(null)))
                                    .retention());
                    return Optional.ofNullable(retention.retainUntilDate())
                            .map(until -> new Lock(String.valueOf(retention.modeAsString()), until));
                });
    }

    private static String words(DefaultRetention usual) {
        String length = usual.years() == null ? usual.days() + " days" : usual.years() + " years";
        return usual.modeAsString() + " for " + length;
    }

    /** A server that does not know a question may answer another one, and then tells nothing. */
    private static <T> T told(@Nullable T answer) {
        if (answer == null) {
            throw new NothingTold();
        }
        return answer;
    }

    private <T> Optional<T> ask(
            String what, String permission, String key, Set<String> no, Supplier<Optional<T>> question) {
        String where = "s3://" + settings.bucket() + "/" + key + " of vault " + settings.name();
        try {
            return question.get();
        } catch (NothingTold e) {
            throw unknown(what, "an answer to another question", where, e);
        } catch (S3Exception e) {
            String code = Optional.ofNullable(e.awsErrorDetails())
                    .map(AwsErrorDetails::errorCode)
                    .orElse("");
            if (no.contains(code)) {
                return Optional.empty();
            }
            if (FORBIDDEN.contains(e.statusCode()) && (code.isEmpty() || code.equals("AccessDenied"))) {
                throw new CouldNotRun(
                        new Problem(
                                "The vault does not allow this key to ask for its " + what + ": "
                                        + (code.isEmpty() ? "status " + e.statusCode() : code),
                                where,
                                "Give the key the permission " + permission
                                        + ", or take the promise out of the runbook."),
                        e);
            }
            if (NOT_UNDERSTOOD.contains(e.statusCode())) {
                throw unknown(what, e.statusCode() + " " + code, where, e);
            }
            throw faults.explain(e, "read", where);
        } catch (SdkException e) {
            throw faults.explain(e, "read", where);
        }
    }

    private static CouldNotRun unknown(String what, String answer, String where, Exception cause) {
        return new CouldNotRun(
                new Problem(
                        "The vault's server does not know the question for its " + what + ": " + answer.strip(),
                        where,
                        "Ask who runs it how this is kept, and take the promise out of the runbook if nobody can show"
                                + " it."),
                cause);
    }

    /** The answer holds nothing of what was asked for. */
    private static final class NothingTold extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
