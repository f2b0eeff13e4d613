package dev.muster.runbook.yaml;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** A published schema, as it lies in the jar. */
final class Language {
    private final JsonNode document;
    private final Schema schema;

    private Language(JsonNode document) {
        this.document = document;
        this.schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(document);
    }

    static Language of(String name) {
        return new Language(published(name));
    }

    /** What a definition of the schema describes, as a language of its own. */
    static Language partOf(String name, String definition) {
        JsonNode whole = published(name);
        return new Language(JsonNodeFactory.instance
                .objectNode()
                .put("$schema", whole.path("$schema").asString())
                .put("$ref", "#/$defs/" + definition)
                .set("$defs", whole.path("$defs")));
    }

    private static JsonNode published(String name) {
        String resource = "/schema/" + name + ".schema.json";
        try (InputStream content = Objects.requireNonNull(Language.class.getResourceAsStream(resource), resource)) {
            return JsonMapper.shared().readTree(content);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    Shape shape() {
        return Shape.of(document);
    }

    List<Error> errors(JsonNode root) {
        return schema.validate(root);
    }
}
