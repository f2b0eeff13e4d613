package dev.muster.runbook.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What stands in a file is taken as it is meant, or refused with its place, and never followed into trouble. */
class StrictReaderTest {
    private static final String VAULT = "vaults: { primary: { bucket: backups } }\n";

    @TempDir
    Path folder;

    @Test
    void a_sound_file_is_read_with_its_values() throws IOException {
        Document document = read("\uFEFF# settings\nhome: '~/x'\n" + VAULT);
        assertThat(document.misprints()).isEmpty();
        assertThat(document.whole()).isTrue();
        assertThat(document.root().at("home").text()).contains("~/x");
        assertThat(document.root().at("vaults").entries()).containsOnlyKeys("primary");
        assertThat(document.sha256()).hasSize(64);
    }

    @Test
    void a_file_without_content_is_an_empty_mapping_where_nothing_is_needed() throws IOException {
        assertThat(faults("")).isEmpty();
        assertThat(faults("# nothing yet\n")).isEmpty();
    }

    @Test
    void an_empty_runbook_is_one_mistake_and_not_nine() throws IOException {
        Path file = Files.writeString(folder.resolve("empty.yaml"), "# later\n");
        assertThat(new StrictReader("runbook").read(file, Map.of()).misprints())
                .singleElement()
                .hasToString(file + ":1:1: The file is empty. Begin with an example from runbooks/README.md.");
    }

    @Test
    void a_fault_of_syntax_is_told_with_what_is_wrong_before_it() throws IOException {
        assertThat(faults("hom: x\nvaults:\n  primary: { bucket: b\nrunbooks: y\n"))
                .containsExactly(
                        "1:1: Unknown key `hom`. Did you mean `home`?"
                                + " Known here: home, runbooks, vaults, catalog, drills, secrets, scratch, kubernetes, programs, keys, timestamp, calendars, alarm, telling, approvers, report, ledger, serve, organisation.",
                        "4:9: A bracket is not closed, or a comma is missing. Close each { with } and each [ with ].");
    }

    @Test
    void each_fault_of_syntax_has_a_sentence_of_its_own() throws IOException {
        assertThat(faults("home: a: b\n")).singleElement().asString().startsWith("1:8: A colon stands where");
        assertThat(faults("home: 'a\n")).singleElement().asString().startsWith("1:7: The text in quotes");
        assertThat(faults("home: x\n runbooks: y\n")).singleElement().asString().startsWith("2:10: A colon stands");
        assertThat(faults("scratch:\n  user: x\n - y\n"))
                .singleElement()
                .asString()
                .startsWith("3:2: The indentation");
        assertThat(faults("home: x\nrunbooks\n")).singleElement().asString().startsWith("3:1: A key has no value");
        assertThat(faults("home: @x\n")).singleElement().asString().startsWith("1:7: This is not YAML");
    }

    @Test
    void every_tab_in_the_indentation_is_told_and_so_is_everything_else() throws IOException {
        assertThat(faults("scratch:\n\tuser: x\n\tfoldr: y\n"))
                .containsExactly(
                        "2:1: A tab stands in the indentation. Indent with spaces, two for each level.",
                        "3:1: A tab stands in the indentation. Indent with spaces, two for each level.",
                        "3:3: Unknown key `foldr` in `scratch`. Did you mean `folder`? Known here: folder, user.");
    }

    @Test
    void a_tab_within_a_text_is_no_mistake() throws IOException {
        assertThat(faults("organisation:\n  name: |\n    a\tb\n    \tc\n")).isEmpty();
    }

    @Test
    void a_key_that_is_there_twice_is_told_with_its_first_line() throws IOException {
        assertThat(faults("home: a\nsecrets: s\nhome: b\n"))
                .containsExactly(
                        "3:1: The key `home` is here twice. It stands in line 1 already; remove one of the two.");
    }

    @Test
    void anchors_aliases_merge_keys_and_tags_are_refused() throws IOException {
        assertThat(faults("""
                        home: &h x
                        runbooks: *h
                        secrets: !!str 5
                        scratch: { <<: { user: x } }
                        vaults: !vault { a: { ? [b] : c, bucket: d } }
                        """))
                .satisfiesExactly(
                        fault -> assertThat(fault).startsWith("1:7: An anchor"),
                        fault -> assertThat(fault).startsWith("2:11: An alias"),
                        fault -> assertThat(fault).startsWith("3:10: A tag"),
                        fault -> assertThat(fault).startsWith("4:12: A merge key"),
                        fault -> assertThat(fault).startsWith("5:9: A tag"),
                        fault -> assertThat(fault).startsWith("5:25: A key must be a plain word"));
    }

    @Test
    @Timeout(20)
    void aliases_that_multiply_are_not_followed() throws IOException {
        StringBuilder bomb = new StringBuilder("home: &a0 [x]\n");
        for (int level = 1; level < 60; level++) {
            bomb.append("k%d: &a%d [%s]\n".formatted(level, level, ("*a" + (level - 1) + ",").repeat(9)));
        }
        assertThat(faults(bomb.toString())).anyMatch(fault -> fault.contains("An alias stands here"));
    }

    @Test
    @Timeout(20)
    void brackets_without_end_are_told_once() throws IOException {
        assertThat(faults("home: " + "[".repeat(200_000)))
                .anyMatch(fault -> fault.startsWith("1:38: This is nested too deeply"));
    }

    @Test
    @Timeout(20)
    void a_number_of_a_hundred_thousand_digits_is_only_text() throws IOException {
        assertThat(faults("home: " + "9".repeat(100_000) + "\nrunbooks: 1e999999999\n"))
                .singleElement()
                .asString()
                .startsWith("2:11: `runbooks` is a number, not text");
    }

    @Test
    void a_second_document_is_refused() throws IOException {
        assertThat(faults("home: x\n---\nhome: y\n")).singleElement().asString().startsWith("2:1: A second document");
    }

    @Test
    void a_file_that_is_not_text_is_told_with_the_place() throws IOException {
        Path file = folder.resolve("latin.yaml");
        Files.write(file, "home: x\nsecrets: Zürich\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(faults(file))
                .containsExactly("2:11: The file is not UTF-8 text from here on. Save it in the encoding UTF-8.");
        assertThat(faults("home: x\nsecrets: a\u0007b\n"))
                .singleElement()
                .asString()
                .startsWith("2:11: A control character");
    }

    @Test
    void a_file_that_is_too_large_is_not_read() throws IOException {
        assertThat(faults("# " + "x".repeat(1024 * 1024)))
                .singleElement()
                .asString()
                .contains("larger than 1 MiB");
        assertThat(faults("#" + "x".repeat(1024 * 1024 - 1))).isEmpty();
    }

    @Test
    void a_file_that_is_not_there_is_a_mistake_like_any_other() {
        assertThat(faults(folder.resolve("none.yaml")))
                .singleElement()
                .asString()
                .contains("There is no such file");
        assertThat(faults(folder)).singleElement().asString().contains("This is a folder");
    }

    @Test
    void a_list_where_a_mapping_belongs_is_told() throws IOException {
        assertThat(faults("- home\n")).singleElement().asString().startsWith("1:1: The file is a list, not settings");
    }

    @Test
    void a_hidden_value_is_not_repeated() throws IOException {
        List<String> faults = faults(
                "vaults: { primary: { bucket: b, credentials: { accessKey: \"${env:A}\", secretKey: hunter2 } } }\n");
        assertThat(faults).singleElement().asString().contains("is something, not a reference");
        assertThat(faults).noneMatch(fault -> fault.contains("hunter2"));
    }

    @Test
    void what_only_looks_like_a_reference_is_told() throws IOException {
        assertThat(faults("home: \"${env:MUSTER_HOME}/x\"\nsecrets: \"${evn:X}\"\n"))
                .singleElement()
                .asString()
                .startsWith("2:10: `secrets` holds `${`, but not a reference");
    }

    @Test
    void a_large_file_of_mistakes_is_read_within_seconds() throws IOException {
        StringBuilder many = new StringBuilder("vaults:\n  a b: 1\n");
        for (int index = 0; index < 5_000; index++) {
            many.append("  a ").append(index).append(": 1\n");
        }
        assertTimeout(
                Duration.ofSeconds(10),
                () -> assertThat(faults(many.toString())).hasSizeGreaterThan(10_000));
    }

    private Document read(String content) throws IOException {
        return new StrictReader("settings").read(Files.writeString(folder.resolve("settings.yaml"), content), Map.of());
    }

    private List<String> faults(String content) throws IOException {
        return faults(Files.writeString(folder.resolve("settings.yaml"), content));
    }

    private List<String> faults(Path file) {
        return new StrictReader("settings")
                .read(file, Map.of()).misprints().stream()
                        .map(misprint -> misprint.toString().replace(file + ":", ""))
                        .toList();
    }
}
