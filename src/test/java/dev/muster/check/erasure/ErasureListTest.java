package dev.muster.check.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.drill.CouldNotRun;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ErasureListTest {
    @Test
    void reads_persons_with_their_lines_whatever_stands_in_quotes() {
        ErasureList list = read("\uFEFFreason,id,erased\r\n"
                + "asked,\"O'Neil, \"\"B\"\"\",2026-11-20T14:00:00+01:00\r\n"
                + "\r\n"
                + "\"two\nlines\",anna@example.com,\r\n"
                + "asked,carla@example.com,2026-11-20T14:00:00Z");

        assertThat(list.requests())
                .containsExactly(
                        new Request(2, "O'Neil, \"B\"", Optional.of(Instant.parse("2026-11-20T13:00:00Z"))),
                        new Request(4, "anna@example.com", Optional.empty()),
                        new Request(6, "carla@example.com", Optional.of(Instant.parse("2026-11-20T14:00:00Z"))));
        assertThat(list.sha256()).hasSize(64);
        assertThat(list.toString()).doesNotContain("anna");
    }

    @Test
    void a_list_that_is_wrong_in_one_place_is_not_used_and_nobody_on_it_is_named() {
        refuses("", "is empty");
        refuses("id\n", "names nobody");
        refuses("anna@example.com\nbert@example.com\n", "names its columns");
        refuses("id\nanna@example.com\nbert@example.com\nanna@example.com\n", "in line 2 and in line 4");
        refuses("id,erased\nanna@example.com\n", "1 instead of 2 values in line 2");
        refuses("id,erased\nanna@example.com,yesterday\n", "under `erased` in line 2");
        refuses("id\nanna\"@example.com\n", "quotation mark within a value in line 2");
        refuses("id\n\"anna@example.com\n", "in line 2 that is never closed");
        refuses("id\n\"anna\"@example.com\n", "goes on after a closing quotation mark in line 2");
        refuses("id,erased\n  ,2026-11-20T14:00:00Z\n", "in line 2");
        refuses("id\nan\u0000na\n", "printable characters in line 2");
        refuses("id\n" + "anna".repeat(300) + "\n", "in line 2");
    }

    @Test
    void neither_other_encodings_nor_absurd_sizes_are_believed() {
        assertThatThrownBy(() -> ErasureList.read("id\nBj\u00f6rn\n".getBytes(StandardCharsets.ISO_8859_1), "list"))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("is not UTF-8");
        assertThatThrownBy(() -> ErasureList.read(new byte[ErasureList.MOST_BYTES + 1], "list"))
                .hasMessageContaining("more than 16777216 bytes");
        StringBuilder many = new StringBuilder("id\n");
        for (int person = 0; person <= 100_000; person++) {
            many.append(person).append('\n');
        }
        refuses(many.toString(), "100001 persons");
    }

    private static void refuses(String content, String why) {
        assertThatThrownBy(() -> read(content))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining(why)
                .hasMessageNotContainingAny("anna", "bert");
    }

    private static ErasureList read(String content) {
        return ErasureList.read(content.getBytes(StandardCharsets.UTF_8), "s3://acme/privacy/erased.csv");
    }
}
