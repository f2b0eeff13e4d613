package dev.muster.signing;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A change of keys, with both pairs at hand so that both sign what is noted about it. */
public record Rotation(KeyUse use, Instant at, Signer retired, Signer current) {
    private static final String KEY = "key";
    private static final String AT = "at";
    private static final String FROM = "from";
    private static final String TO = "to";
    private static final String PUBLIC_KEY = " public key";
    private static final String SIGNATURE = " signature";

    /** What the ledger notes: which key takes the place of which, and the signatures of both over just that. */
    public Map<String, String> details() {
        Map<String, String> details = new TreeMap<>();
        details.put(KEY, use.word());
        details.put(AT, at.toString());
        note(details, FROM, retired);
        note(details, TO, current);
        byte[] text = text(details);
        details.put(FROM + SIGNATURE, base64(retired.sign(text)));
        details.put(TO + SIGNATURE, base64(current.sign(text)));
        return details;
    }

    private static void note(Map<String, String> details, String side, Signer signer) {
        details.put(side, signer.keyId());
        details.put(side + PUBLIC_KEY, base64(signer.publicKey().encoded()));
    }

    private static byte[] text(Map<String, String> details) {
        StringBuilder text = new StringBuilder("Muster: one key takes the place of another\n");
        for (String part : new String[] {KEY, AT, FROM, TO}) {
            text.append(part).append(": ").append(details.get(part)).append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** What is wrong with such a note; empty when both keys have signed it. */
    public static Optional<String> fault(Map<String, String> details) {
        return fault(details, FROM, "retired").or(() -> fault(details, TO, "new"));
    }

    private static Optional<String> fault(Map<String, String> details, String side, String word) {
        try {
            byte[] encoded = bytes(details, side + PUBLIC_KEY);
            Optional<PublicKeyText> key = PublicKeyText.parse(PemBlock.format("PUBLIC KEY", encoded))
                    .filter(read -> read.keyId().equals(details.get(side)));
            if (key.isEmpty()) {
                return Optional.of("does not hold the " + word + " key that it names");
            }
            return key.get().verifies(text(details), bytes(details, side + SIGNATURE))
                    ? Optional.empty()
                    : Optional.of("is not signed by the " + word + " key");
        } catch (IllegalArgumentException notBase64) {
            return Optional.of("is not signed by the " + word + " key");
        }
    }

    private static byte[] bytes(Map<String, String> details, String name) {
        return Base64.getDecoder().decode(details.getOrDefault(name, ""));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
