package dev.muster.runbook.yaml;

import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What a word without quotes means: nothing, true or false, a number, or text. */
final class PlainScalar {
    /** Longer ones would cost more to read than any number here is worth. */
    private static final String READABLE_NUMBER = "[-+]?\\d{1,18}";

    private static final ScalarResolver RESOLVER = new CoreSchema().getScalarResolver();

    private PlainScalar() {}

    static JsonNode value(String text) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        Tag tag = RESOLVER.resolve(text, true);
        if (tag.equals(Tag.NULL)) {
            return nodes.nullNode();
        }
        if (tag.equals(Tag.BOOL)) {
            return nodes.booleanNode(Boolean.parseBoolean(text));
        }
        if (tag.equals(Tag.INT) && text.matches(READABLE_NUMBER)) {
            return nodes.numberNode(Long.parseLong(text));
        }
        if (tag.equals(Tag.FLOAT) && text.matches("[-+.\\deE]+")) {
            return nodes.numberNode(Double.parseDouble(text));
        }
        return nodes.stringNode(text);
    }
}
