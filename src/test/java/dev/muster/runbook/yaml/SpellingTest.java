package dev.muster.runbook.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A misspelt word finds the one that was meant, and a foreign word finds none. */
class SpellingTest {
    private final Spelling spelling = new Spelling(List.of("prefix", "format", "vault", "zone"));

    @Test
    void letters_left_out_added_changed_and_swapped_are_seen_through() {
        assertThat(spelling.nearest("prefx")).contains("prefix");
        assertThat(spelling.nearest("preffix")).contains("prefix");
        assertThat(spelling.nearest("formet")).contains("format");
        assertThat(spelling.nearest("vautl")).contains("vault");
        assertThat(spelling.nearest("Zone")).contains("zone");
    }

    @Test
    void a_foreign_word_gets_the_list_and_no_suggestion() {
        assertThat(spelling.nearest("credentials")).isEmpty();
        assertThat(spelling.advice("credentials")).isEqualTo("Known here: prefix, format, vault, zone.");
    }
}
