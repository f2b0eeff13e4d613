package dev.muster.evidence.bundle;

import dev.muster.evidence.record.Json;
import dev.muster.evidence.record.WrittenRecord;
import dev.muster.signing.PublicKeyText;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Whether the test result of a bundle is signed by who signed the bundle, and says what the record says. */
final class TestResultCheck {
    private final Map<String, byte[]> files;
    private final byte[] result;

    TestResultCheck(Map<String, byte[]> files) {
        this.files = files;
        this.result = files.getOrDefault(Bundle.TEST_RESULT, new byte[0]);
    }

    /** What is wrong, by file. */
    Map<String, String> problems(PublicKeyText signer) {
        Map<String, String> problems = new LinkedHashMap<>();
        if (!signedBy(signer)) {
            problems.put(
                    Bundle.TEST_RESULT_SIGSTORE,
                    "The file does not hold the test result of this bundle with a signature by that key");
        }
        Optional<JsonNode> statement = Json.read(result);
        Optional<WrittenRecord> record = Optional.ofNullable(files.get(Bundle.DOCUMENT))
                .flatMap(Json::read)
                .map(WrittenRecord::new);
        if (statement.isEmpty() || record.isEmpty() || !agree(statement.get(), record.get())) {
            problems.put(Bundle.TEST_RESULT, "The test result says something else than the record");
        }
        return problems;
    }

    private boolean signedBy(PublicKeyText signer) {
        byte[] sigstore = files.getOrDefault(Bundle.TEST_RESULT_SIGSTORE, new byte[0]);
        String encoded = Json.read(sigstore)
                .map(bundle -> bundle.path("dsseEnvelope")
                        .path("signatures")
                        .path(0)
                        .path("sig")
                        .asString(""))
                .orElse("");
        try {
            byte[] signature = Base64.getDecoder().decode(encoded);
            return signer.verifies(Statement.preAuthenticationEncoding(result), signature)
                    && Arrays.equals(sigstore, Statement.sigstore(result, signature, signer.keyId()));
        } catch (IllegalArgumentException noBase64) {
            return false;
        }
    }

    private static boolean agree(JsonNode statement, WrittenRecord record) {
        JsonNode predicate = statement.path("predicate");
        JsonNode runbook = predicate.path("configuration").path(0);
        return statement.path("predicateType").asString("").equals(TestResult.PREDICATE_TYPE)
                && predicate.path("result").asString("").equals(TestResult.result(record.verdict()))
                && runbook.path("digest")
                        .path("sha256")
                        .asString("")
                        .equals(record.runbook().path("sha256").asString(""))
                && runbook.path("annotations").path("verdict").asString("").equals(record.verdict())
                && runbook.path("annotations").path("drill").asString("").equals(record.drill());
    }
}
