package dev.muster.signing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A signed document in one file, as DSSE has it, whose signature was found to be that of a trusted key. */
public final class Envelope {
    private final byte[] payload;
    private final String keyId;

    private Envelope(byte[] payload, String keyId) {
        this.payload = payload.clone();
        this.keyId = keyId;
    }

    /** The document, to the byte as it was signed. */
    public byte[] payload() {
        return payload.clone();
    }

    /** The trusted key that signed it. */
    public String keyId() {
        return keyId;
    }

    /** Signs a document and puts it into an envelope. */
    public static byte[] seal(String type, byte[] payload, Signer signer) {
        Map<String, String> signature = new LinkedHashMap<>();
        signature.put("keyid", signer.keyId());
        signature.put("sig", Base64.getEncoder().encodeToString(signer.sign(preAuthenticationEncoding(type, payload))));
        Map<String, Object> envelope = new LinkedHashMap<>();
        envelope.put("payloadType", type);
        envelope.put("payload", Base64.getEncoder().encodeToString(payload));
        envelope.put("signatures", List.of(signature));
        return JsonMapper.shared().writeValueAsBytes(envelope);
    }

    /** Opens an envelope; empty when it is none of this type, or carries no signature by one of these signer. */
    public static Optional<Envelope> open(String type, byte[] envelope, List<PublicKeyText> trusted) {
        try {
            JsonNode node = JsonMapper.shared().readTree(envelope);
            if (!node.path("payloadType").asString("").equals(type)) {
                return Optional.empty();
            }
            byte[] payload = Base64.getDecoder().decode(node.path("payload").asString(""));
            byte[] signed = preAuthenticationEncoding(type, payload);
            for (JsonNode signature : node.path("signatures")) {
                byte[] bytes = Base64.getDecoder().decode(signature.path("sig").asString(""));
                for (PublicKeyText key : trusted) {
                    if (key.verifies(signed, bytes)) {
                        return Optional.of(new Envelope(payload, key.keyId()));
                    }
                }
            }
            return Optional.empty();
        } catch (JacksonException | IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static byte[] preAuthenticationEncoding(String type, byte[] payload) {
        byte[] name = type.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream encoding = new ByteArrayOutputStream();
        encoding.writeBytes(
                ("DSSEv1 " + name.length + " " + type + " " + payload.length + " ").getBytes(StandardCharsets.UTF_8));
        encoding.writeBytes(payload);
        return encoding.toByteArray();
    }
}
