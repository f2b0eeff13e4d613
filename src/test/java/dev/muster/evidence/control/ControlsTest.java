package dev.muster.evidence.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.drill.CouldNotRun;
import dev.muster.template.Templates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ControlsTest {
    private static final JsonNode NOTHING = JsonMapper.shared().readTree("{}");

    private static final JsonNode SOMETHING = JsonMapper.shared().readTree("""
                    {"people": {"planner": "planner@example.com"}, "timeline": {"entries": [{}]},
                     "recoveryPoint": {"backups": {"database": {}}}, "measurements": {"rto": {"achievedSeconds": 1}},
                     "integrity": {"checks": [{}]}, "workflows": {"checks": []}, "actions": {"noted": []},
                     "teardown": {"receipt": {"removed": true}}, "review": {"signedOff": null},
                     "programme": {"ledger": [{}]}}
                    """);

    @TempDir
    Path folder;

    private Controls own(String text) throws IOException {
        Files.writeString(folder.resolve("controls.json"), text);
        return Controls.of(new Templates(Optional.of(folder)));
    }

    private static Controls shipped() {
        return Controls.of(new Templates(Optional.empty()));
    }

    private static List<Map<?, ?>> maps(Map<?, ?> from, String key) {
        List<Map<?, ?>> maps = new ArrayList<>();
        if (from.get(key) instanceof List<?> list) {
            list.forEach(one -> maps.add((Map<?, ?>) one));
        }
        return maps;
    }

    @Test
    void ships_a_row_for_every_control_that_auditors_ask_for() {
        assertThat(maps(shipped().table(SOMETHING), "rows"))
                .extracting(row -> row.get("catalogue") + " " + row.get("control"))
                .containsExactly(
                        "SOC 2 A1.2",
                        "SOC 2 A1.3",
                        "SOC 2 CC7.5",
                        "ISO/IEC 27001:2022 A.5.29",
                        "ISO/IEC 27001:2022 A.5.30",
                        "ISO/IEC 27001:2022 A.8.13",
                        "ISO/IEC 27001:2022 A.8.14",
                        "ISO 22301 8.5",
                        "NIST SP 800-34 contingency plan testing",
                        "NIST SP 800-53 CP-4",
                        "NIST SP 800-53 CP-9",
                        "NIST SP 800-53 CP-10",
                        "NIST SP 800-84 exercises and tests",
                        "HIPAA 164.308(a)(7)(ii)(D)",
                        "PCI DSS 12.10",
                        "DORA Art. 11",
                        "DORA Art. 12",
                        "DORA Art. 24",
                        "DORA, technical standards on ICT risk Art. 25 and 40",
                        "NIS2, implementing regulation Annex 4.1",
                        "NIS2, implementing regulation Annex 4.2");
        assertThat(maps(shipped().table(SOMETHING), "rows")).allSatisfy(row -> {
            assertThat(row.get("title")).asString().isNotBlank();
            assertThat(row.get("doesNotShow")).asString().endsWith(".");
        });
    }

    @Test
    void every_section_supports_something() {
        Set<String> used = new TreeSet<>();
        for (Map<?, ?> row : maps(shipped().table(SOMETHING), "rows")) {
            Stream.of("supports", "missing")
                    .flatMap(kind -> maps(row, kind).stream())
                    .forEach(cell -> used.add(String.valueOf(cell.get("section"))));
        }
        Set<String> all = new TreeSet<>();
        Stream.of(RecordSection.values()).map(Enum::name).forEach(all::add);
        // Scope is what every row is limited by.
        all.remove("S2");

        assertThat(used).isEqualTo(all);
    }

    @Test
    void a_section_without_content_supports_nothing_and_says_why() {
        Map<?, ?> tested = maps(shipped().table(SOMETHING), "rows").get(1);

        assertThat(maps(tested, "supports"))
                .extracting(cell -> String.valueOf(cell.get("section")))
                .containsExactly("S1", "S7", "S8", "S9");
        assertThat(maps(tested, "missing")).singleElement().satisfies(cell -> {
            assertThat(String.valueOf(cell.get("section"))).isEqualTo("S10");
            assertThat(String.valueOf(cell.get("how"))).isEqualTo("no workflow was run in this drill");
        });
        assertThat(maps(shipped().table(NOTHING), "rows"))
                .flatExtracting(row -> maps(row, "supports"))
                .extracting(cell -> String.valueOf(cell.get("section")))
                .doesNotContain("S5", "S6", "S7", "S8", "S9", "S10", "S12", "S13", "S14", "S15");
    }

    /** What is met is for an auditor to say. */
    @Test
    void no_template_claims_more_than_support() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("templates"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(
                                Files.readString(file)
                                        .lines()
                                        .filter(
                                                line -> line.toLowerCase(Locale.ROOT)
                                                        .matches(
                                                                ".*(\\bcompl(y|ies|ied|iant|iance)\\b|\\bcertif(y|ies|ied|ication).*).*")))
                        .as(file.toString())
                        .isEmpty();
            }
        }
    }

    @Test
    void an_organisation_s_own_mapping_takes_the_place_of_the_shipped_one_and_says_so() throws IOException {
        Controls own = own("""
                {"controls": [{"catalogue": "House rules", "control": "7", "title": "Restores", "textChecked": true,
                  "supports": [{"section": "S9", "how": "by checks"}], "doesNotShow": "Anything else."}]}
                """);

        assertThat(own.customised()).isTrue();
        assertThat(own.table(SOMETHING)).containsEntry("customised", true);
        assertThat(maps(own.table(SOMETHING), "rows"))
                .singleElement()
                .satisfies(
                        row -> assertThat(String.valueOf(row.get("catalogue"))).isEqualTo("House rules"));
        assertThat(shipped().customised()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"controls\": []} {}",
                "{\"controls\": [], \"controls\": []}",
                "{\"controls\": [], \"more\": 1}",
                "{\"controls\": [{\"catalogue\": \"x\"}]}",
                "{\"controls\": null}",
                "{\"controls\": [null]}",
                "{\"controls\": [{\"catalogue\": \"x\", \"control\": \"1\", \"title\": \"t\", \"textChecked\": true,"
                        + " \"supports\": [{\"section\": \"S16\", \"how\": \"h\"}], \"doesNotShow\": \"d\"}]}",
                "{\"controls\": [{\"catalogue\": \"x\", \"control\": \"1\", \"title\": \"t\", \"textChecked\": true,"
                        + " \"supports\": [{\"section\": 9, \"how\": \"h\"}], \"doesNotShow\": \"d\"}]}",
            })
    void names_a_mapping_that_cannot_be_read(String text) {
        assertThatThrownBy(() -> own(text))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("templates/controls.json")
                .hasMessageContaining("remove your own copy");
    }
}
