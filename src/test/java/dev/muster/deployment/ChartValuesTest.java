package dev.muster.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The chart's values, the page on them and their schema know the same. */
class ChartValuesTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Za-z.]+)` \\| (.+?) \\| ");
    private static final Pattern CODE = Pattern.compile("`(.*)`");

    private final JsonNode values;
    private final JsonNode schema;
    private final Map<String, String> page = new LinkedHashMap<>();

    ChartValuesTest() throws IOException {
        this.values = Rendered.of(Files.readString(Rendered.CHART.resolve("values.yaml")))
                .objects()
                .get(0);
        this.schema = JsonMapper.shared().readTree(Files.readString(Rendered.CHART.resolve("values.schema.json")));
        ROW.matcher(Files.readString(Rendered.CHART.resolve("README.md")))
                .results()
                .forEach(row -> page.put(row.group(1), row.group(2)));
    }

    @Test
    void the_page_explains_every_value_with_its_default() {
        TreeSet<String> leaves = new TreeSet<>();
        leaves("", values, schema, leaves);

        assertThat(new TreeSet<>(page.keySet())).isEqualTo(leaves);
        assertThat(page).allSatisfy((value, written) -> {
            JsonNode real = values.at("/" + value.replace('.', '/'));
            var code = CODE.matcher(written);
            if (code.matches()) {
                assertThat(Rendered.of(code.group(1)).objects()).isEqualTo(List.of(real));
            } else {
                assertThat(written).isEqualTo("in values.yaml");
                assertThat(real).isNotEmpty();
            }
        });
    }

    @Test
    void the_schema_knows_every_value_and_no_other() {
        TreeSet<String> known = new TreeSet<>();
        known("", schema, known);
        known.remove("global");

        assertThat(known).isEqualTo(new TreeSet<>(page.keySet()));
    }

    /** Values that are not of further values which the schema names. */
    private void leaves(String path, JsonNode value, JsonNode shape, Set<String> leaves) {
        if (closed(shape)) {
            for (String name : value.propertyNames()) {
                leaves(
                        path.isEmpty() ? name : path + "." + name,
                        value.path(name),
                        resolved(shape.path("properties").path(name)),
                        leaves);
            }
        } else {
            leaves.add(path);
        }
    }

    private void known(String path, JsonNode shape, Set<String> known) {
        if (closed(shape)) {
            for (String name : shape.path("properties").propertyNames()) {
                known(
                        path.isEmpty() ? name : path + "." + name,
                        resolved(shape.path("properties").path(name)),
                        known);
            }
        } else {
            known.add(path);
        }
    }

    private static boolean closed(JsonNode shape) {
        return !shape.path("additionalProperties").asBoolean(true)
                && !shape.path("properties").has("limits");
    }

    private JsonNode resolved(JsonNode shape) {
        return shape.has("$ref") ? schema.at(shape.path("$ref").asString().substring(1)) : shape;
    }
}
