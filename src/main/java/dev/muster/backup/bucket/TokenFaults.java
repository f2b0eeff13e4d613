package dev.muster.backup.bucket;

import dev.muster.backup.SessionSettings;
import dev.muster.backup.VaultSettings;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.model.StsException;

/** Says in words that an operator can act on why a security token service has given no keys. */
final class TokenFaults {
    private final VaultSettings settings;
    private final SessionSettings session;

    TokenFaults(VaultSettings settings, SessionSettings session) {
        this.settings = settings;
        this.session = session;
    }

    CouldNotRun explain(SdkException fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof CouldNotRun known) {
                return known;
            }
        }
        Problem problem = fault instanceof StsException answer
                ? answered(answer)
                : new Unanswered(server(), setting("session.endpoint"), "vaults." + settings.name() + ".credentials")
                        .problem(fault, where());
        return new CouldNotRun(problem, fault);
    }

    CouldNotRun noService(String how) {
        return new CouldNotRun(problem(
                "What answers at " + server() + " is no security token service: " + how,
                "Check `" + setting("session.endpoint") + "` in the settings."));
    }

    private Problem answered(StsException fault) {
        String code = detail(fault).map(AwsErrorDetails::errorCode).orElse("");
        String said = detail(fault).map(AwsErrorDetails::errorMessage).orElse("");
        return switch (code) {
            case "AccessDenied", "AccessDeniedException" ->
                problem(
                        "The security token service does not let Muster take on the role: " + said,
                        "Let the role trust the account of `" + setting("credentials") + "`, give that account"
                                + " sts:AssumeRole on it, and if the role asks for an external id, write it as `"
                                + setting("session.externalId") + "`.");
            case "InvalidClientTokenId",
                    "InvalidAccessKeyId",
                    "SignatureDoesNotMatch",
                    "UnrecognizedClientException",
                    "ExpiredToken",
                    "ExpiredTokenException" ->
                problem(
                        "The security token service does not accept the credentials: " + code,
                        "Check `" + setting("credentials") + "` in the settings, and whether the key is still valid.");
            case "PackedPolicyTooLarge" ->
                problem(
                        "The prefixes of the runbook's backups are too many for one policy: " + said,
                        "Let the backups lie below fewer prefixes, or spread them over several vaults.");
            default -> byMessage(fault, code, said);
        };
    }

    private Problem byMessage(StsException fault, String code, String said) {
        String about = said.toLowerCase(Locale.ROOT);
        if (about.contains("duration") || about.contains("session limit")) {
            return problem(
                    "The role gives no keys for as long as they are asked for: " + said,
                    "Write a shorter `" + setting("session.lasts") + "` (a role that is taken on by another one gives"
                            + " 1h), or let the role's longest session be as long as the drill's time to live.");
        }
        if (code.equals("MalformedPolicyDocument") || about.contains("policy")) {
            return problem(
                    "The security token service does not take the policy that makes keys open a drill's backups alone: "
                            + said,
                    "Ask who runs " + server() + " whether it knows session policies; if it does not, leave out `"
                            + setting("session") + "` and let `" + setting("credentials")
                            + "` read this bucket alone.");
        }
        if (code.isEmpty()) {
            return noService("status " + fault.statusCode()).problem();
        }
        return problem(
                "The security token service answers " + fault.statusCode() + " " + code + ": " + said,
                "Check `" + setting("session") + "` in the settings, or ask who runs " + server() + ".");
    }

    private Problem problem(String what, String remedy) {
        return new Problem(what.strip().replaceAll("[:.]+$", ""), where(), remedy);
    }

    private String where() {
        return "role " + session.role() + " of vault " + settings.name();
    }

    private String server() {
        return session.endpoint().map(URI::toString).orElse("https://sts." + settings.region() + ".amazonaws.com");
    }

    private String setting(String name) {
        return "vaults." + settings.name() + "." + name;
    }

    private static Optional<AwsErrorDetails> detail(StsException fault) {
        return Optional.ofNullable(fault.awsErrorDetails());
    }
}
