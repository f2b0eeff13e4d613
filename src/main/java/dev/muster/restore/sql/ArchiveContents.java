package dev.muster.restore.sql;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The list of contents of an archive by pg_dump, read with the suspicion that pg_restore lacks: nothing in the file
 * protects it, and most bits of it can be flipped without an error.
 */
final class ArchiveContents {
    private static final int MAGIC_BYTES = 5;
    private static final int FIRST_VERSION = 14;
    private static final int LAST_VERSION = 16;
    private static final int ALGORITHM_SINCE = 15;
    private static final int RELATION_KIND_SINCE = 16;
    private static final int CUSTOM = 1;
    private static final int DIRECTORY = 5;
    private static final int INSTANT_FIELDS = 7;
    private static final int LAST_SECTION = 4;
    private static final int MOST_ITEMS = 20_000_000;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");
    private static final Pattern KIND = Pattern.compile("[A-Z][A-Z ]*");

    private final InputStream in;
    private final long length;
    private final List<byte[]> texts = new ArrayList<>();
    private final Set<Long> items = new HashSet<>();
    private int widthOfNumbers;
    private int widthOfPlaces;
    private boolean unicode;
    private String item = "the beginning";
    private long at;

    private ArchiveContents(InputStream in, long length) {
        this.in = in;
        this.length = length;
    }

    /** What is wrong with the list of contents; empty when nothing is, and for archives of other versions. */
    static Optional<String> fault(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            ArchiveContents contents = new ArchiveContents(in, Files.size(file));
            try {
                contents.read();
                return Optional.empty();
            } catch (Odd odd) {
                return Optional.of(contents.item + " at byte " + contents.at + ": " + odd.getMessage());
            } catch (EOFException cut) {
                return Optional.of(contents.item + ": the file ends within it");
            }
        }
    }

    /** Something that pg_dump never writes. */
    private static final class Odd extends Exception {
        private static final long serialVersionUID = 1;

        Odd(String what) {
            super(what);
        }
    }

    private void read() throws IOException, Odd {
        bytes(MAGIC_BYTES);
        int major = octet();
        int minor = octet();
        if (major != 1 || minor < FIRST_VERSION || minor > LAST_VERSION) {
            return;
        }
        octet();
        widthOfNumbers = octet();
        widthOfPlaces = octet();
        int format = octet();
        if (format != CUSTOM && format != DIRECTORY) {
            return;
        }
        demand(widthOfNumbers == 4 && (widthOfPlaces == 4 || widthOfPlaces == 8), "numbers of an unknown width");
        if (minor >= ALGORITHM_SINCE) {
            octet();
        } else {
            number();
        }
        for (int field = 0; field < INSTANT_FIELDS; field++) {
            number();
        }
        for (int text = 0; text < 3; text++) {
            text();
        }
        long count = number();
        demand(count >= 0 && count <= MOST_ITEMS, "a list of " + count + " items");
        for (long one = 1; one <= count; one++) {
            item = "item " + one + " of " + count;
            item(minor, format);
        }
        demandUnicode();
    }

    private void item(int minor, int format) throws IOException, Odd {
        long id = number();
        demand(id > 0 && items.add(id), "the id " + id + " is none, or another item's");
        long dumped = number();
        demand(dumped == 0 || dumped == 1, "it neither has data nor has none");
        digits("the catalog's number", text());
        digits("the number", text());
        text();
        Optional<String> kind = text();
        demand(kind.isPresent() && KIND.matcher(kind.get()).matches(), "it is of no kind that there is");
        long section = number();
        demand(section >= 1 && section <= LAST_SECTION, "it belongs to no section");
        Optional<String> definition = text();
        if (kind.orElse("").equals("ENCODING")) {
            unicode = definition.orElse("").contains("'UTF8'");
        }
        // How it is dropped and copied, its schema, tablespace and access method.
        for (int text = 0; text < 5; text++) {
            text();
        }
        if (minor >= RELATION_KIND_SINCE) {
            number();
        }
        text();
        Optional<String> numbered = text();
        demand(numbered.equals(Optional.of("false")) || numbered.equals(Optional.of("true")), "a flag is no flag");
        for (Optional<String> needed = text(); needed.isPresent(); needed = text()) {
            digits("an item that it needs", needed);
        }
        if (format == CUSTOM) {
            place(dumped == 1);
        } else {
            text();
        }
    }

    /** Where the data of an item lies. */
    private void place(boolean dumped) throws IOException, Odd {
        int state = octet();
        long place = 0;
        for (int octet = 0; octet < widthOfPlaces; octet++) {
            place |= (long) octet() << (8 * octet);
        }
        demand(state >= 1 && state <= 3 && dumped == (state != 3), "whether it has data is said in two ways");
        demand(state == 2 ? place >= at : place == 0, "its data lie where none are");
    }

    private void digits(String what, Optional<String> text) throws Odd {
        demand(text.isPresent() && NUMBER.matcher(text.get()).matches(), what + " is no number");
    }

    private static void demand(boolean holds, String otherwise) throws Odd {
        if (!holds) {
            throw new Odd(otherwise);
        }
    }

    private void demandUnicode() throws Odd {
        if (unicode) {
            for (byte[] text : texts) {
                try {
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
                } catch (CharacterCodingException notText) {
                    throw new Odd(
                            "the text \"" + printable(text) + "\" is not in the encoding UTF8, which it should be");
                }
            }
        }
    }

    private static String printable(byte[] text) {
        String shown = new String(text, StandardCharsets.ISO_8859_1).replaceAll("[^ -~]", "?");
        return shown.length() > 60 ? shown.substring(0, 60) + "…" : shown;
    }

    private Optional<String> text() throws IOException, Odd {
        long size = number();
        if (size < 0) {
            demand(size == -1, "a text of " + size + " bytes");
            return Optional.empty();
        }
        demand(size <= length - at, "a text that is longer than the rest of the file");
        byte[] text = bytes((int) size);
        for (byte one : text) {
            demand(one != 0, "a text with a zero byte");
            if (one < 0) {
                texts.add(text);
                break;
            }
        }
        return Optional.of(new String(text, StandardCharsets.UTF_8));
    }

    private long number() throws IOException, Odd {
        int sign = octet();
        demand(sign == 0 || sign == 1, "a number with a sign that is none");
        long value = 0;
        for (int octet = 0; octet < widthOfNumbers; octet++) {
            value |= (long) octet() << (8 * octet);
        }
        return sign == 1 ? -value : value;
    }

    private int octet() throws IOException {
        int octet = in.read();
        if (octet < 0) {
            throw new EOFException();
        }
        at++;
        return octet;
    }

    private byte[] bytes(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException();
        }
        at += count;
        return bytes;
    }
}
