package dev.muster.evidence.bundle;

import dev.muster.signing.PublicKeyText;
import dev.muster.signing.Signer;
import dev.muster.signing.Validity;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What the instructions say otherwise for one key than for another. */
final class SigningInstructions {
    private static final DateTimeFormatter SSH =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private SigningInstructions() {}

    static String in(String text, Signer signer, Instant concluded) {
        PublicKeyText key = signer.publicKey();
        return text.replace("@KEY_ID@", key.keyId())
                .replace("@VERIFY@", verify(key))
                .replace("@VERIFIED@", verified(key))
                .replace("@SIGNATURE@", signature(key))
                .replace("@VALID_BEFORE@", options(key.validity()))
                .replace("@VERIFY_TIME@", key.validity().endless() ? "" : time(concluded))
                .replace("@VALIDITY@", validity(key.validity()))
                .replace("@DEMONSTRATION@", demonstration(key));
    }

    private static String verify(PublicKeyText key) {
        return switch (key.kind()) {
            case ED25519 ->
                "openssl pkeyutl -verify -pubin -inkey \"$KEY\" -rawin -in statement.pae -sigfile statement.sig";
            case P256 -> "openssl dgst -sha256 -verify \"$KEY\" -signature statement.sig statement.pae";
        };
    }

    private static String verified(PublicKeyText key) {
        return switch (key.kind()) {
            case ED25519 -> "Signature Verified Successfully";
            case P256 -> "Verified OK";
        };
    }

    private static String signature(PublicKeyText key) {
        return switch (key.kind()) {
            case ED25519 -> "Ed25519, 64 bytes";
            case P256 -> "ECDSA over P-256 with\n                   SHA-256, in DER";
        };
    }

    private static String options(Validity validity) {
        return validity.from()
                        .map(from -> ",valid-after=\"" + SSH.format(from) + "\"")
                        .orElse("")
                + validity.until()
                        .map(until -> ",valid-before=\"" + SSH.format(until) + "\"")
                        .orElse("");
    }

    private static String time(Instant concluded) {
        return " -O verify-time=" + SSH.format(concluded);
    }

    private static String validity(Validity validity) {
        return validity.endless()
                ? ""
                : "\n   The key says of itself that it is valid\n   " + validity
                        + ".\n   See that the issuer's copy says the same, and that `finished` in\n"
                        + "   statement.json lies within.\n";
    }

    private static String demonstration(PublicKeyText key) {
        return key.demonstration()
                ? "\nThis bundle was signed with a DEMONSTRATION KEY, NOT TRUSTED: it proves nothing about\nwho made it.\n"
                : "";
    }
}
