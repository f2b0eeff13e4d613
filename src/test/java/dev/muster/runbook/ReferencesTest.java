package dev.muster.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.drill.CouldNotRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** References find their values when they are asked, and say what is missing without showing what is not. */
class ReferencesTest {
    @TempDir
    Path folder;

    @Test
    void a_text_may_be_a_reference_or_hold_some() {
        References references = new References(Map.of("HOST", "s3.example.com", "PORT", "9$0"), Optional.empty());
        assertThat(references.resolve("${env:HOST}").reveal()).isEqualTo("s3.example.com");
        assertThat(references.resolve("https://${env:HOST}:${env:PORT}/").reveal())
                .isEqualTo("https://s3.example.com:9$0/");
        assertThat(references.resolve("plain $ text").reveal()).isEqualTo("plain $ text");
    }

    @Test
    void a_secret_is_its_file_without_the_last_line_end() throws IOException {
        Files.writeString(folder.resolve("key"), "hunter2\n");
        Files.writeString(folder.resolve("two-lines"), "a\nb\r\n");
        References references = new References(Map.of(), Optional.of(folder));
        assertThat(references.resolve("${secret:key}").reveal()).isEqualTo("hunter2");
        assertThat(references.resolve("${secret:two-lines}").reveal()).isEqualTo("a\nb");
        assertThat(references.resolve("${secret:key}")).hasToString("******");
    }

    @Test
    void a_variable_that_is_not_set_is_named() {
        References references = new References(Map.of("EMPTY", ""), Optional.empty());
        assertThatThrownBy(() -> references.resolve("${env:S3_ACCESS_KEY}"))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageStartingWith(
                        "The environment variable S3_ACCESS_KEY is not set (${env:S3_ACCESS_KEY}). Set it where Muster is started");
        assertThatThrownBy(() -> references.resolve("${env:EMPTY}")).hasMessageContaining("EMPTY is empty");
    }

    @Test
    void a_secret_that_cannot_be_read_is_named_with_its_file() throws IOException {
        Files.createDirectory(folder.resolve("directory"));
        Files.writeString(folder.resolve("blank"), "\n");
        Files.writeString(folder.resolve("long"), "x".repeat(70_000));
        References references = new References(Map.of(), Optional.of(folder));
        assertThatThrownBy(() -> references.resolve("${secret:none}"))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("has no file (" + folder.resolve("none") + ")");
        assertThatThrownBy(() -> references.resolve("${secret:directory}")).hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> references.resolve("${secret:blank}")).hasMessageContaining("is empty");
        assertThatThrownBy(() -> references.resolve("${secret:long}"))
                .hasMessageContaining("longer than 64 KiB")
                .hasMessageNotContaining("xxx");
    }

    @Test
    void a_secret_cannot_be_looked_for_outside_its_folder() throws IOException {
        Files.writeString(folder.resolve("outside"), "x");
        References references = new References(Map.of(), Optional.of(Files.createDirectory(folder.resolve("secrets"))));
        for (String text :
                new String[] {"${secret:../outside}", "${secret:/etc/passwd}", "${secret:..}", "${secret:a\\b}"}) {
            assertThatThrownBy(() -> references.resolve(text))
                    .as(text)
                    .isInstanceOf(CouldNotRun.class)
                    .hasMessageStartingWith("A reference is not written as");
        }
    }

    @Test
    void without_a_folder_of_secrets_the_setting_is_named() {
        assertThatThrownBy(() -> new References(Map.of(), Optional.empty()).resolve("${secret:key}"))
                .hasMessageContaining("Name one with `secrets: FOLDER` in the settings");
    }
}
