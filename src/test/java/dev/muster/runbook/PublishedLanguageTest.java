package dev.muster.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.check.Checks;
import dev.muster.runbook.yaml.StrictReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds the published schemas, what is written about them, and the examples together. */
class PublishedLanguageTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\|");
    private static final Pattern EXAMPLE = Pattern.compile("(?s)```yaml\\n(.*?)```");
    private static final Pattern GROUP = Pattern.compile(
            "(?m)^\\| `([a-z-]+)` \\| (?:(?:database|configuration)[a-z, ]*|nothing) \\| (`.+`|the listed rules) \\|$");
    private static final Set<String> ASSETS = Set.of("database", "filestore", "configuration");

    @TempDir
    Path folder;

    @Test
    void the_pages_on_runbooks_and_their_schema_know_the_same_keys() throws IOException {
        String page = Files.readString(Path.of("runbooks/README.md"));
        Set<String> written = new TreeSet<>();
        rows(page.replaceAll("(?s)\\| Format \\|.*?\\n\\n", "")
                        .replaceAll("(?s)\\| `select` \\|.*?\\n\\n", "")
                        .replaceAll("(?s)\\| Group of checks \\|.*?\\n\\n", "")
                        .replaceAll("(?s)\\| Probe \\|.*?\\n\\n", "")
                        .replaceAll("(?s)\\| Check \\|.*?\\n\\n", "")
                        .replaceAll("(?s)\\| Workflow \\|.*?\\n\\n", ""))
                .flatMap(PublishedLanguageTest::assets)
                .forEach(written::add);
        assertThat(written).isEqualTo(keys("config/runbook.schema.json"));
    }

    @Test
    void the_pages_on_settings_and_their_schema_know_the_same_keys() throws IOException {
        String page = Files.readString(Path.of("config/README.md"));
        String settings = page.substring(page.indexOf("\n## Keys\n"), page.indexOf("\n## The service\n"));
        Set<String> written =
                new TreeSet<>(rows(settings).filter(row -> !row.startsWith("$")).toList());
        assertThat(written).isEqualTo(keys("config/settings.schema.json"));
    }

    @Test
    void the_page_on_calendars_and_their_schema_know_the_same_keys() throws IOException {
        String page = Files.readString(Path.of("config/calendars/README.md"));
        assertThat(new TreeSet<>(rows(page).toList())).isEqualTo(keys("config/calendar.schema.json"));
        for (String example : examples("config/calendars/README.md")) {
            assertThat(new StrictReader("calendar")
                            .read(new RunbookFixture(folder).file(example), Map.of())
                            .misprints())
                    .isEmpty();
        }
    }

    @Test
    void the_page_on_runbooks_knows_the_checks_that_there_are() throws IOException {
        String page = Files.readString(Path.of("runbooks/README.md"));
        Map<String, Set<String>> groups = new TreeMap<>();
        GROUP.matcher(page)
                .results()
                .forEach(row -> groups.put(
                        row.group(1),
                        row.group(2).startsWith("`")
                                ? Set.of(row.group(2).replace("`", "").split(", ", -1))
                                : Set.of()));
        Set<String> explained = new TreeSet<>(rows(page.replaceAll("(?s).*?(?=\\| Check \\|)(.*?\\n)\\n.*", "$1"))
                .toList());
        Map<String, Set<String>> shipped = Checks.shipped(Clock.systemUTC()).groups();

        assertThat(groups).isEqualTo(shipped);
        assertThat(explained)
                .containsExactlyInAnyOrderElementsOf(
                        shipped.values().stream().flatMap(Set::stream).toList());
    }

    @Test
    void every_example_on_the_pages_is_free_of_mistakes() throws IOException {
        RunbookFixture fixture = new RunbookFixture(folder);
        List<String> runbooks = examples("runbooks/README.md");
        assertThat(runbooks).hasSizeGreaterThanOrEqualTo(3);
        for (String example : runbooks) {
            assertThat(fixture.faults(example)).isEmpty();
        }
        List<String> settings = examples("config/README.md");
        assertThat(settings).isNotEmpty();
        for (String example : settings) {
            assertThat(new StrictReader("settings")
                            .read(fixture.file(example), Map.of())
                            .misprints())
                    .isEmpty();
        }
    }

    @Test
    void the_schemas_and_the_shipped_runbooks_lie_in_the_jar() throws IOException {
        for (String path :
                List.of("schema/runbook.schema.json", "schema/settings.schema.json", "schema/calendar.schema.json")) {
            assertPackaged(path, Path.of("config").resolve(Path.of(path).getFileName()));
        }
        try (Stream<Path> shipped = Files.list(Path.of("runbooks"))) {
            for (Path runbook :
                    shipped.filter(file -> file.toString().endsWith(".yaml")).toList()) {
                assertPackaged("runbooks/" + runbook.getFileName(), runbook);
            }
        }
    }

    private static void assertPackaged(String resource, Path source) throws IOException {
        try (var content = PublishedLanguageTest.class.getResourceAsStream("/" + resource)) {
            assertThat(content).as(resource).isNotNull().hasBinaryContent(Files.readAllBytes(source));
        }
    }

    private static Stream<String> rows(String page) {
        return ROW.matcher(page).results().map(row -> row.group(1)).filter(key -> !key.endsWith(".yaml"));
    }

    private static Stream<String> assets(String key) {
        return key.contains("ASSET") ? ASSETS.stream().map(asset -> key.replace("ASSET", asset)) : Stream.of(key);
    }

    private static List<String> examples(String page) throws IOException {
        Matcher example = EXAMPLE.matcher(Files.readString(Path.of(page)));
        return example.results().map(found -> found.group(1)).toList();
    }

    /** Every path that a schema allows, with NAME and TABLE for keys that are free. */
    private static Set<String> keys(String file) {
        JsonNode schema = JsonMapper.shared().readTree(Path.of(file).toFile());
        Set<String> keys = new TreeSet<>();
        collect(schema, schema, "", keys);
        return keys;
    }

    private static void collect(JsonNode schema, JsonNode node, String path, Set<String> keys) {
        if (node.has("$ref")) {
            collect(schema, schema.at(node.path("$ref").stringValue().substring(1)), path, keys);
        }
        String before = path.isEmpty() ? "" : path + ".";
        node.path("properties").propertyNames().forEach(name -> {
            keys.add(before + name);
            collect(schema, node.path("properties").path(name), before + name, keys);
        });
        if (node.path("additionalProperties").isObject()) {
            String free = before + (path.endsWith("rows") ? "TABLE" : "NAME");
            keys.add(free);
            collect(schema, node.path("additionalProperties"), free, keys);
        }
        if (node.has("items")) {
            collect(schema, node.path("items"), path + "[]", keys);
        }
    }
}
