package dev.muster.backup.bucket;

import dev.muster.backup.VaultSettings;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Turns what the S3 client throws into words that an operator can act on. */
final class VaultFaults {
    private final VaultSettings settings;
    private final Clock clock;

    VaultFaults(VaultSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Whether the fault is about one object alone. */
    static Optional<Unreadable> ofObject(S3Exception fault) {
        return switch (fault.statusCode()) {
            case 404 ->
                code(fault).equals("NoSuchBucket")
                        ? Optional.empty()
                        : Optional.of(new Unreadable("was removed after it was listed", fault));
            case 412 -> Optional.of(new Unreadable("was replaced after it was listed", fault));
            case 416 -> Optional.of(new Unreadable("was made shorter after it was listed", fault));
            default ->
                code(fault).equals("InvalidObjectState")
                        ? Optional.of(new Unreadable(
                                "lies in archive storage and cannot be read before it is restored from there", fault))
                        : Optional.empty();
        };
    }

    CouldNotRun explain(SdkException fault, String deed, String where) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof CouldNotRun known) {
                return known;
            }
        }
        Problem problem =
                fault instanceof S3Exception answer ? answered(answer, deed, where) : unanswered(fault, where);
        return new CouldNotRun(problem, fault);
    }

    CouldNotRun brokenOff(IOException cause, String where) {
        Problem problem = unanswered(cause, where);
        return new CouldNotRun(problem, cause);
    }

    private Problem answered(S3Exception fault, String deed, String where) {
        return switch (code(fault)) {
            case "NoSuchBucket" -> noSuchBucket(where);
            case "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken" ->
                new Problem(
                        "The vault does not accept the credentials: " + code(fault) + credentialsUsed(),
                        where,
                        "Check `" + setting("credentials") + "` in the settings, and whether the key is still valid.");
            case "ExpiredToken" ->
                new Problem(
                        "The keys for the vault have come to their end" + credentialsUsed(),
                        where,
                        "Let them last longer, with `" + setting("session.lasts")
                                + "` in the settings where a role gives" + " them; else renew `"
                                + setting("credentials") + "`.");
            case "RequestTimeTooSkewed" -> skewed(fault, where);
            case "AuthorizationHeaderMalformed",
                    "PermanentRedirect",
                    "TemporaryRedirect",
                    "IllegalLocationConstraintException" -> otherRegion(fault, where);
            default -> byStatus(fault, deed, where);
        };
    }

    private Problem byStatus(S3Exception fault, String deed, String where) {
        return switch (fault.statusCode()) {
            case 301, 307 -> otherRegion(fault, where);
            case 404 -> noS3(where);
            case 401, 403 -> {
                String permission = deed.equals("list") ? "s3:ListBucket" : "s3:GetObject";
                yield new Problem(
                        "The vault does not allow to " + deed + ": " + named(fault) + credentialsUsed(),
                        where,
                        "Give the key the permission " + permission + " there (and s3:GetObjectVersion in a versioned"
                                + " bucket), or use another one in `" + setting("credentials") + "`.");
            }
            default ->
                new Problem(
                        "The vault answers " + fault.statusCode() + " " + named(fault) + ", also after "
                                + "several tries",
                        where,
                        "Ask who runs " + server() + ", and run the same command again when it is well.");
        };
    }

    private Problem noSuchBucket(String where) {
        return new Problem(
                "Bucket " + settings.bucket() + " does not exist at " + server(),
                where,
                "Check `" + setting("bucket") + "`, `" + setting("endpoint") + "` and `" + setting("region")
                        + "` in the settings.");
    }

    private Problem noS3(String where) {
        return new Problem(
                "What answers at " + server() + " is no S3 server",
                where,
                "Check `" + setting("endpoint") + "` in the settings, and whether a proxy answers in its stead (the"
                        + " variables http_proxy and no_proxy).");
    }

    private Problem skewed(S3Exception fault, String where) {
        String offset = header(fault, "Date")
                .flatMap(VaultFaults::instant)
                .map(theirs -> " by " + shown(Duration.between(theirs, clock.instant())))
                .orElse("");
        return new Problem(
                "This machine's clock differs from the vault's" + offset + ", so the vault refuses its signatures",
                where,
                "Set the clock (`timedatectl status` shows whether it is synchronised), then run the same command"
                        + " again.");
    }

    private static String shown(Duration ahead) {
        return ahead.abs().toSeconds() + " seconds (" + (ahead.isNegative() ? "behind" : "ahead") + ")";
    }

    private static Optional<Instant> instant(String date) {
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private Problem otherRegion(S3Exception fault, String where) {
        Optional<String> region = header(fault, "x-amz-bucket-region");
        return new Problem(
                "Bucket " + settings.bucket() + " is not in region " + settings.region()
                        + region.map(name -> " but in " + name).orElse(": " + named(fault)),
                where,
                region.map(name -> "Set `" + setting("region") + ": " + name + "` in the settings.")
                        .orElse("Correct `" + setting("region") + "` or `" + setting("endpoint")
                                + "` in the settings."));
    }

    private Problem unanswered(Throwable fault, String where) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof XMLStreamException) {
                return noS3(where);
            }
        }
        return new Unanswered(server(), setting("endpoint"), setting("credentials")).problem(fault, where);
    }

    private String credentialsUsed() {
        return settings.session()
                .map(session -> ", keys of the role " + session.role())
                .or(() -> settings.accessKey()
                        .map(key -> ", access key " + key.get().reveal()))
                .orElse(", credentials from the environment");
    }

    private String server() {
        return settings.endpoint().map(URI::toString).orElse("https://s3." + settings.region() + ".amazonaws.com");
    }

    private String setting(String name) {
        return "vaults." + settings.name() + "." + name;
    }

    private static Optional<String> header(S3Exception fault, String name) {
        return Optional.ofNullable(fault.awsErrorDetails())
                .map(AwsErrorDetails::sdkHttpResponse)
                .flatMap((SdkHttpResponse response) -> response.firstMatchingHeader(name));
    }

    private static String named(S3Exception fault) {
        String code = code(fault);
        return code.isEmpty() ? "status " + fault.statusCode() : code;
    }

    private static String code(S3Exception fault) {
        return Optional.ofNullable(fault.awsErrorDetails())
                .map(AwsErrorDetails::errorCode)
                .orElse("");
    }
}
