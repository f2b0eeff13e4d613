package dev.muster.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.drill.DrillRecord;
import dev.muster.evidence.archive.BundleFile;
import dev.muster.evidence.archive.StoredZip;
import dev.muster.evidence.record.Json;
import dev.muster.ledger.LedgerProofs;
import dev.muster.signing.SigningKeys;
import dev.muster.template.Templates;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Whatever a table, a file, a log line or a person is called, it is no markup in a report. */
class MarkupTest {
    private static final String EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)><!--";

    private static final Pattern INSTANT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");

    /** Where names of others are keys. */
    private static final Set<String> NAMED_BY_OTHERS =
            Set.of("observations", "inputs", "environment", "processes", "overrides", "rows");

    /** What decides how a report is laid out; a drill never takes it from a backup. */
    private static final Set<String> WORDS_OF_MUSTER =
            Set.of("verdict", "outcome", "severity", "kind", "schema", "trigger");

    static Stream<DrillRecord> records() {
        return Stream.of(Records.failed(), Records.proven(), Records.walkedBack(), Records.couldNotRun());
    }

    @TempDir
    Path temporary;

    @ParameterizedTest
    @MethodSource("records")
    void no_text_of_a_record_becomes_markup(DrillRecord record) throws Exception {
        Evidence evidence = new Evidence(new Templates(Optional.empty()), List::of);
        SigningKeys keys = SigningKeys.init(temporary.resolve("keys"));
        Path bundle = evidence.write(record, List.of(), LedgerProofs.NONE, keys, keys.publicKey(), temporary);
        Map<String, byte[]> files = new LinkedHashMap<>(BundleFile.read(bundle).files());
        JsonNode document =
                Json.read(files.getOrDefault("evidence.json", new byte[0])).orElseThrow();
        files.put("evidence.json", Json.compact(poisoned(document, false)));
        Files.write(bundle, StoredZip.of(files));

        String report = new String(evidence.render(bundle, "html"), StandardCharsets.UTF_8);

        assertThat(report).contains("&lt;script&gt;alert(1)").doesNotContain("<script", "<img src=x");
    }

    private static JsonNode poisoned(JsonNode node, boolean named) {
        if (node.isString() && !INSTANT.matcher(node.stringValue()).matches()) {
            return JsonNodeFactory.instance.stringNode(node.stringValue() + EVIL);
        }
        if (node.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            node.forEach(element -> array.add(poisoned(element, false)));
            return array;
        }
        if (node.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                String key = entry.getKey();
                object.set(
                        named ? key + EVIL : key,
                        WORDS_OF_MUSTER.contains(key)
                                ? entry.getValue()
                                : poisoned(entry.getValue(), NAMED_BY_OTHERS.contains(key)));
            }
            return object;
        }
        return node;
    }
}
