package dev.muster.evidence.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.evidence.record.WrittenRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds what is written for authors of templates to what templates get. */
class PublishedTemplatesTest {
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| (`(?:record|conclusion|waterfall|rpoBars|trend|matrix)\\.[^|]+) \\|");
    private static final Pattern NAME = Pattern.compile("`(\\w+)\\.(\\w+)`");

    private static final LocalWriting WRITING = new LocalWriting(Presentation.USUAL);

    private static JsonNode read(String json) {
        return JsonMapper.shared().readTree(json);
    }

    private static Set<String> written(String model) throws IOException {
        return ROW.matcher(Files.readString(Path.of("templates/README.md")))
                .results()
                .flatMap(row -> NAME.matcher(row.group(1)).results())
                .filter(name -> name.group(1).equals(model))
                .map(name -> name.group(2))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void the_page_names_every_key_of_the_record() throws IOException {
        JsonNode schema = read(Files.readString(Path.of("config/evidence.schema.json")));
        Set<String> keys = schema.path("properties").propertyNames().stream()
                .map(key -> key.replaceFirst("Seconds$", ""))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(written("record")).isEqualTo(keys);
    }

    @Test
    void the_page_names_every_part_of_the_conclusion() throws IOException {
        assertThat(written("conclusion"))
                .containsExactlyInAnyOrderElementsOf(Conclusion.of(new WrittenRecord(read("{}")), WRITING)
                        .words()
                        .keySet());
    }

    @Test
    void the_page_names_every_part_of_the_waterfall() throws IOException {
        String drill = """
                {"scenario": {"disaster": "2026-11-01T03:00:00Z"}, "measurements": {"rto": {"targetSeconds": %s}},
                 "timeline": {"entries": [{"stage": "restore", "work": "database",
                  "started": "2026-11-01T03:00:00Z", "finished": "2026-11-01T03:00:20Z"}]}}
                """;
        Set<String> keys = new TreeSet<>(Waterfall.of(new WrittenRecord(read(drill.formatted("30"))), WRITING)
                .keySet());
        keys.addAll(Waterfall.of(new WrittenRecord(read(drill.formatted("14400"))), WRITING)
                .keySet());

        assertThat(written("waterfall")).isEqualTo(keys);
    }

    @Test
    void the_page_names_every_part_of_the_other_pictures() throws IOException {
        assertThat(written("rpoBars"))
                .isEqualTo(Bars.of(read("{}"), "rpo", WRITING).keySet());
        assertThat(written("trend")).isEqualTo(Trend.of(read("{}"), WRITING).keySet());
        assertThat(written("matrix")).isEqualTo(DetectionMatrix.of(read("{}")).keySet());
    }
}
