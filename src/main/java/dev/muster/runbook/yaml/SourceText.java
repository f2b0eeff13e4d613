package dev.muster.runbook.yaml;

import dev.muster.runbook.Misprint;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The characters of a file that people write.
 *
 * @param text empty where the file could not be read as text; then the misprints say why
 * @param sha256 the digest of the file's bytes
 */
record SourceText(String text, String sha256, List<Misprint> misprints) {
    private static final int LARGEST = 1024 * 1024;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** What YAML forbids to stand in a file as it is. */
    private static final Pattern CONTROL_CHARACTER =
            Pattern.compile("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F-\\x84\\x86-\\x9F\\uFFFE\\uFFFF]");

    static SourceText read(Path file) {
        byte[] bytes;
        try (InputStream content = Files.newInputStream(file)) {
            bytes = content.readNBytes(LARGEST + 1);
        } catch (NoSuchFileException missing) {
            return unreadable(file, "There is no such file", "Check the path; it counts from the folder you are in.");
        } catch (AccessDeniedException denied) {
            return unreadable(file, "The file may not be read", "Give the user who runs Muster the right to read it.");
        } catch (IOException failure) {
            return Files.isDirectory(file)
                    ? unreadable(file, "This is a folder, not a file", "Name a file in it.")
                    : unreadable(
                            file,
                            "The file cannot be read: " + failure.getClass().getSimpleName(),
                            "Check the disk or share that holds it.");
        }
        if (bytes.length > LARGEST) {
            return unreadable(
                    file,
                    "The file is larger than 1 MiB",
                    "Check that it is the file you meant: nothing here is so long.");
        }
        return decoded(file.toString(), bytes);
    }

    static SourceText of(Path name, byte[] bytes) {
        return decoded(name.toString(), bytes);
    }

    private static SourceText unreadable(Path file, String what, String remedy) {
        return new SourceText("", "", List.of(new Misprint(file.toString(), 1, 1, what, remedy)));
    }

    private static SourceText decoded(String file, byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer characters = CharBuffer.allocate(bytes.length + 1);
        String sha256 = sha256(bytes);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), characters, true);
        String text = characters.flip().toString();
        if (result.isError()) {
            Misprint wrong = place(file, text, text.length())
                    .misprint("The file is not UTF-8 text from here on", "Save it in the encoding UTF-8.");
            return new SourceText("", sha256, List.of(wrong));
        }
        String plain = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        Matcher control = CONTROL_CHARACTER.matcher(plain);
        if (control.find()) {
            Misprint wrong = place(file, plain, control.start())
                    .misprint(
                            String.format(
                                    "A control character stands here (U+%04X)", (int) plain.charAt(control.start())),
                            "Remove it; in double quotes it may be written as an escape.");
            return new SourceText("", sha256, List.of(wrong));
        }
        return new SourceText(plain, sha256, List.of());
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Place place(String file, String text, int offset) {
        String before = text.substring(0, offset);
        int lineStart = before.lastIndexOf('\n') + 1;
        int line = (int) before.chars().filter(character -> character == '\n').count() + 1;
        return new Place(file, line, before.codePointCount(lineStart, offset) + 1);
    }
}
