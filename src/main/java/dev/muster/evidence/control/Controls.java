package dev.muster.evidence.control;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.template.Rendered;
import dev.muster.template.Templates;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/** The mapping of controls to the sections of a record: the shipped one, or the organisation's own. */
public final class Controls {
    private static final String DATA = "controls.json";

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    private final Rendered data;
    private final Mapping mapping;

    private Controls(Rendered data, Mapping mapping) {
        this.data = data;
        this.mapping = mapping;
    }

    record Mapping(List<Control> controls) {
        Mapping {
            controls = List.copyOf(controls);
        }
    }

    /** Reads the mapping. */
    public static Controls of(Templates templates) {
        Rendered data = templates.data(DATA);
        try {
            return new Controls(data, STRICT.readValue(data.text(), Mapping.class));
        } catch (JacksonException malformed) {
            int line = malformed.getLocation() == null
                    ? 0
                    : malformed.getLocation().getLineNr();
            throw new CouldNotRun(
                    new Problem(
                            "The mapping of controls cannot be read: "
                                    + malformed
                                            .getOriginalMessage()
                                            .lines()
                                            .findFirst()
                                            .orElse(""),
                            "templates/" + DATA + (line > 0 ? ":" + line : ""),
                            "Correct it there as templates/README.md lays it out, or remove your own copy to use the"
                                    + " shipped one."),
                    malformed);
        }
    }

    /** Whether the mapping is the organisation's own. */
    public boolean customised() {
        return data.customised();
    }

    /** What the sections of this record support, for a template. */
    public Map<String, Object> table(JsonNode record) {
        Map<String, Object> table = new LinkedHashMap<>();
        table.put(
                "rows",
                mapping.controls().stream().map(control -> control.row(record)).toList());
        table.put("sha256", data.sha256());
        table.put("customised", data.customised());
        return table;
    }
}
