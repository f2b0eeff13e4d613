package dev.muster.evidence.followup;

import dev.muster.evidence.bundle.Statement;
import dev.muster.evidence.record.Json;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A signed statement that came after a bundle and lies beside it. */
public final class FollowUp {
    /** Where the ledger says which follow-up an event is of: its digest, and its number among those of the drill. */
    public static final String DIGEST = "follow-up sha256";

    public static final String NUMBER = "follow-up";

    static final String PREDICATE_TYPE = "https://muster.dev/follow-up/v1";

    private final int number;
    private final Path file;
    private final String sha256;
    private final byte[] payload;
    private final byte[] signature;
    private final JsonNode statement;

    private FollowUp(int number, Path file, String sha256, byte[] payload, byte[] signature, JsonNode statement) {
        this.number = number;
        this.file = file;
        this.sha256 = sha256;
        this.payload = payload;
        this.signature = signature;
        this.statement = statement;
    }

    /** Reads one; empty when it is not laid out, to the byte, as Muster writes them. */
    static Optional<FollowUp> read(int number, Path file, byte[] content) {
        Optional<JsonNode> envelope = Json.read(content).map(node -> node.path("dsseEnvelope"));
        if (envelope.isEmpty()) {
            return Optional.empty();
        }
        JsonNode signed = envelope.get().path("signatures").path(0);
        try {
            Base64.Decoder base64 = Base64.getDecoder();
            byte[] payload = base64.decode(envelope.get().path("payload").asString(""));
            byte[] signature = base64.decode(signed.path("sig").asString(""));
            byte[] again =
                    Statement.sigstore(payload, signature, signed.path("keyid").asString(""));
            return Json.read(payload)
                    .filter(statement -> Arrays.equals(again, content))
                    .filter(statement ->
                            statement.path("predicateType").asString("").equals(PREDICATE_TYPE))
                    .map(statement ->
                            new FollowUp(number, file, Statement.sha256(content), payload, signature, statement));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /** Its place among those of a bundle, counted from one. */
    public int number() {
        return number;
    }

    public Path file() {
        return file;
    }

    /** The digest of its file, as the ledger has it. */
    public String sha256() {
        return sha256;
    }

    /** What is signed, as DSSE encodes it. */
    byte[] message() {
        return Statement.preAuthenticationEncoding(payload);
    }

    byte[] signature() {
        return signature.clone();
    }

    /** The digest of the statement of the bundle that it follows. */
    String subject() {
        return statement.path("subject").path(0).path("digest").path("sha256").asString("");
    }

    JsonNode said() {
        return statement.path("predicate");
    }

    /** What it says under a name; empty when it says nothing there. */
    public String text(String name) {
        return said().path(name).asString("");
    }

    /** What it is about. */
    public FollowUpKind kind() {
        return FollowUpKind.of(text("kind"));
    }
}
