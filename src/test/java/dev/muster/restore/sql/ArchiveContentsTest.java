package dev.muster.restore.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists of contents, written as pg_dump writes them, with one thing in them that it never writes. */
class ArchiveContentsTest {
    private static final int NOTHING = 3;
    private static final int KNOWN = 2;
    private static final String ENCODING = "SET client_encoding = 'UTF8';\n";

    @TempDir
    Path folder;

    private final ByteArrayOutputStream archive = new ByteArrayOutputStream();
    private int section = 2;

    @Test
    void a_list_as_pg_dump_writes_it_has_no_fault() throws IOException {
        head(2);
        item(1, "ENCODING", ENCODING, "encoding", NOTHING, 0);
        item(2, "TABLE DATA", "", "größe", KNOWN, 100_000);

        assertThat(fault()).isEmpty();
    }

    @Test
    void two_items_of_one_id_are_named() throws IOException {
        head(2);
        item(7, "TABLE", "create", "one", NOTHING, 0);
        item(7, "TABLE", "create", "two", NOTHING, 0);

        assertThat(fault().orElseThrow()).startsWith("item 2 of 2 at byte ").contains("the id 7");
    }

    @Test
    void a_kind_that_there_is_not_is_named() throws IOException {
        head(1);
        item(1, "TABLe", "create", "one", NOTHING, 0);

        assertThat(fault().orElseThrow()).startsWith("item 1 of 1 at byte ").contains("of no kind");
    }

    @Test
    void a_section_that_there_is_not_is_named() throws IOException {
        section = 5;
        head(1);
        item(1, "TABLE", "create", "one", NOTHING, 0);

        assertThat(fault().orElseThrow()).contains("it belongs to no section");
    }

    @Test
    void data_that_lie_before_their_own_item_are_named() throws IOException {
        head(1);
        item(1, "TABLE DATA", "", "one", KNOWN, 5);

        assertThat(fault().orElseThrow()).contains("its data lie where none are");
    }

    @Test
    void an_item_of_which_two_places_say_two_things_is_named() throws IOException {
        head(1);
        item(1, "TABLE", "create", "one", KNOWN, 100_000);

        assertThat(fault().orElseThrow()).contains("said in two ways");
    }

    @Test
    void a_text_that_is_not_in_the_encoding_of_the_dump_is_named() throws IOException {
        head(2);
        item(1, "ENCODING", ENCODING, "encoding", NOTHING, 0);
        item(2, "TABLE", "create", "gr\u00f6", NOTHING, 0);
        byte[] latin = new String(archive.toByteArray(), StandardCharsets.UTF_8).getBytes(StandardCharsets.ISO_8859_1);
        // The umlaut has one byte less, and so has the length before its text.
        int length = new String(latin, StandardCharsets.ISO_8859_1).indexOf("gr\u00f6") - 4;
        latin[length]--;

        assertThat(fault(latin).orElseThrow()).contains("\"gr?\" is not in the encoding UTF8");
    }

    @Test
    void a_list_that_is_cut_short_anywhere_is_named() throws IOException {
        head(1);
        item(1, "TABLE", "create", "one", NOTHING, 0);
        byte[] whole = archive.toByteArray();

        assertThat(fault(whole)).isEmpty();
        for (int length = 0; length < whole.length; length++) {
            assertThat(fault(Arrays.copyOf(whole, length)))
                    .as("cut to " + length)
                    .isPresent();
        }
    }

    private Optional<String> fault() throws IOException {
        return fault(archive.toByteArray());
    }

    private Optional<String> fault(byte[] bytes) throws IOException {
        return ArchiveContents.fault(Files.write(folder.resolve("archive.dump"), bytes));
    }

    /** The head of a custom archive of version 1.14, with numbers of four bytes and places of eight. */
    private void head(int items) {
        archive.writeBytes("PGDMP".getBytes(StandardCharsets.US_ASCII));
        archive.writeBytes(new byte[] {1, 14, 0, 4, 8, 1});
        number(-1);
        for (int field = 0; field < 7; field++) {
            number(field);
        }
        text("shop");
        text("15.18");
        text("15.18");
        number(items);
    }

    private void item(int id, String kind, String definition, String name, int state, long place) {
        number(id);
        number(kind.equals("TABLE DATA") ? 1 : 0);
        text("1259");
        text("16384");
        text(name);
        text(kind);
        number(section);
        text(definition);
        for (int text = 0; text < 5; text++) {
            text("");
        }
        text("owner");
        text("false");
        text("12");
        number(-1);
        archive.write(state);
        for (int octet = 0; octet < 8; octet++) {
            archive.write((int) (place >> (8 * octet)));
        }
    }

    private void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        number(bytes.length);
        archive.writeBytes(bytes);
    }

    private void number(int value) {
        archive.write(value < 0 ? 1 : 0);
        for (int octet = 0; octet < 4; octet++) {
            archive.write(Math.abs(value) >> (8 * octet));
        }
    }
}
