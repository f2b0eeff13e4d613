package dev.muster.telling.hook;

import dev.muster.drill.Secret;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs a message so that its receiver knows who sent it and when, as the convention of Standard Webhooks has it. */
final class Signature {
    private static final String HMAC = "HmacSHA256";
    private static final String ENCODED = "whsec_";

    private Signature() {}

    static Map<String, String> headers(String id, long seconds, byte[] body, Secret secret) {
        ByteArrayOutputStream signed = new ByteArrayOutputStream();
        signed.writeBytes((id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8));
        signed.writeBytes(body);
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key(secret.reveal()), HMAC));
            return Map.of(
                    "webhook-id",
                    id,
                    "webhook-timestamp",
                    Long.toString(seconds),
                    "webhook-signature",
                    "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.toByteArray())));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has " + HMAC, impossible);
        }
    }

    /** Receivers that follow the convention hand out their key in base64, with a mark before it. */
    private static byte[] key(String secret) {
        return secret.startsWith(ENCODED)
                ? Base64.getMimeDecoder().decode(secret.substring(ENCODED.length()))
                : secret.getBytes(StandardCharsets.UTF_8);
    }
}
