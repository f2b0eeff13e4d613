package dev.muster.deployment;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** What Kubernetes says of the fields of its objects, as far as Muster's manifests use them. */
final class KubernetesFacts {
    private final JsonNode known;

    KubernetesFacts() throws IOException {
        try (InputStream facts =
                Objects.requireNonNull(KubernetesFacts.class.getResourceAsStream("/kubernetes/objects.json"))) {
            this.known = JsonMapper.shared().readTree(facts);
        }
    }

    /** What the API server would not take, by object and place in it. */
    List<String> faults(Rendered rendered) {
        List<String> faults = new ArrayList<>();
        for (JsonNode object : rendered.objects()) {
            String kind = object.path("apiVersion").asString() + " "
                    + object.path("kind").asString();
            String name = kind + " " + object.at("/metadata/name").asString();
            JsonNode shape = known.path("kinds").path(kind);
            if (shape.isMissingNode()) {
                faults.add(name + ": unknown kind");
                continue;
            }
            Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(JsonNodeFactory.instance
                            .objectNode()
                            .put("$schema", known.path("$schema").asString())
                            .put("$ref", shape.path("$ref").asString())
                            .set("$defs", known.path("$defs")));
            for (Error error : schema.validate(object)) {
                faults.add(name + " " + error.getInstanceLocation() + ": " + error.getMessage());
            }
        }
        return faults;
    }
}
