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

/** A published schema, as it lies in the jar. */
final class Language {
    private final JsonNode document;
    private final Schema schema;

    Language(String name) {
        String resource = "/schema/" + name + ".schema.json";
        try (InputStream content = Objects.requireNonNull(Language.class.getResourceAsStream(resource), resource)) {
            this.document = JsonMapper.shared().readTree(content);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        this.schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(document);
    }

    Shape shape() {
        return Shape.of(document);
    }

    List<Error> errors(JsonNode root) {
        return schema.validate(root);
    }
}
