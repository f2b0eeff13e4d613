package dev.muster.evidence.bundle;

import dev.muster.evidence.record.Json;
import dev.muster.evidence.record.Section;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The in-toto statement that names every file by its digest; what is signed is this, and through it all of them. */
public final class Statement {
    static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";

    public static final String TYPE = "https://in-toto.io/Statement/v1";
    private static final String DRILL = "https://muster.dev/drill-evidence/v1";
    private static final String PACK = "https://muster.dev/evidence-pack/v1";
    // A key service signs at most this much in one piece.
    static final int LONGEST = 4096;

    private Statement() {}

    public static byte[] of(Map<String, byte[]> files, Section predicate) {
        return of(DRILL, files, predicate);
    }

    /** About a pack, of which there may be too many files to name each here. */
    public static byte[] ofPack(Map<String, byte[]> files, Section predicate) {
        return of(PACK, files, predicate);
    }

    private static byte[] of(String about, Map<String, byte[]> files, Section predicate) {
        List<Section> subjects = new ArrayList<>();
        files.forEach((name, content) -> subjects.add(
                new Section().with("name", name).with("digest", new Section().with("sha256", sha256(content)))));
        byte[] statement = Json.compact(new Section()
                .with("_type", TYPE)
                .with("subject", subjects)
                .with("predicateType", about)
                .with("predicate", predicate)
                .values());
        if (statement.length >= LONGEST) {
            throw new IllegalStateException("the statement has " + statement.length + " bytes");
        }
        return statement;
    }

    /** What is signed in place of the statement: the pre-authentication encoding of DSSE. */
    public static byte[] preAuthenticationEncoding(byte[] statement) {
        ByteArrayOutputStream encoding = new ByteArrayOutputStream();
        encoding.writeBytes(("DSSEv1 " + PAYLOAD_TYPE.length() + " " + PAYLOAD_TYPE + " " + statement.length + " ")
                .getBytes(StandardCharsets.US_ASCII));
        encoding.writeBytes(statement);
        return encoding.toByteArray();
    }

    /** Statement and signature once more, as the tools of Sigstore take them. */
    public static byte[] sigstore(byte[] statement, byte[] signature, String keyId) {
        Base64.Encoder base64 = Base64.getEncoder();
        return Json.compact(new Section()
                .with("mediaType", "application/vnd.dev.sigstore.bundle.v0.3+json")
                .with(
                        "verificationMaterial",
                        new Section()
                                .with("publicKey", new Section().with("hint", keyId))
                                .with("tlogEntries", List.of()))
                .with(
                        "dsseEnvelope",
                        new Section()
                                .with("payload", base64.encodeToString(statement))
                                .with("payloadType", PAYLOAD_TYPE)
                                .with(
                                        "signatures",
                                        List.of(new Section()
                                                .with("sig", base64.encodeToString(signature))
                                                .with("keyid", keyId))))
                .values());
    }

    /** The digests by file name; empty when this is not a statement about a drill's evidence. */
    static Optional<Map<String, String>> digests(byte[] statement) {
        return digests(DRILL, statement);
    }

    /** The digests by file name; empty when this is not a statement about a pack. */
    public static Optional<Map<String, String>> packDigests(byte[] statement) {
        return digests(PACK, statement);
    }

    private static Optional<Map<String, String>> digests(String about, byte[] statement) {
        return Json.read(statement)
                .filter(node -> node.path("_type").asString("").equals(TYPE))
                .filter(node -> node.path("predicateType").asString("").equals(about))
                .map(node -> {
                    Map<String, String> digests = new LinkedHashMap<>();
                    for (JsonNode subject : node.path("subject")) {
                        digests.put(
                                subject.path("name").asString(""),
                                subject.path("digest").path("sha256").asString(""));
                    }
                    return digests;
                });
    }

    /** When the drill was concluded that the statement is about; empty when it does not say. */
    public static Optional<Instant> finished(byte[] statement) {
        return Json.read(statement)
                .map(node -> node.path("predicate").path("finished").asString(""))
                .flatMap(text -> {
                    try {
                        return Optional.of(Instant.parse(text));
                    } catch (DateTimeException unreadable) {
                        return Optional.<Instant>empty();
                    }
                });
    }

    public static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
