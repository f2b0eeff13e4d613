package dev.muster.evidence.record;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How evidence is written and read as JSON. */
public final class Json {
    private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Json() {}

    /** For people to read as well: indented, with a line's end after the last line. */
    public static String pretty(Object value) {
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(INDENT).withArrayIndenter(INDENT);
        return MAPPER.writer().with(printer).writeValueAsString(value) + "\n";
    }

    /** On one line, without spaces. */
    public static byte[] compact(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    /** What is wrong with a document, a key that is named twice among it; empty when nothing is. */
    public static Optional<String> fault(byte[] bytes) {
        try {
            return MAPPER.readTree(bytes).isMissingNode() ? Optional.of("there is nothing in it") : Optional.empty();
        } catch (JacksonException notJson) {
            return Optional.of(notJson.getOriginalMessage().lines().findFirst().orElse("not readable"));
        }
    }

    /** Reads a document; empty when it is not JSON, or names a key twice. */
    public static Optional<JsonNode> read(byte[] bytes) {
        try {
            return Optional.of(MAPPER.readTree(bytes));
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }
}
