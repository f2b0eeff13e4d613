package dev.muster.signing.approver;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads one line as {@code ssh-keygen} documents it under ALLOWED SIGNERS; what is wrong is an illegal argument. */
final class AllowedSignersLine {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");
    private static final int DATE = 8;
    private static final int DATE_AND_MINUTE = 12;

    private List<String> purposes = List.of();
    private Optional<Instant> validAfter = Optional.empty();
    private Optional<Instant> validBefore = Optional.empty();

    private AllowedSignersLine() {}

    static AllowedSigner read(String line) {
        List<String> words = words(line);
        if (words.size() < 3) {
            throw new IllegalArgumentException("it is not `NAME [OPTIONS] KIND-OF-KEY KEY`");
        }
        AllowedSignersLine read = new AllowedSignersLine();
        Optional<PersonalKey> key = PersonalKey.of(words.get(1), words.get(2));
        if (key.isEmpty() && words.size() > 3) {
            read.options(words.get(1));
            key = PersonalKey.of(words.get(2), words.get(3));
        }
        if (key.isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no key that can be used: Ed25519, ECDSA on nistp256, or RSA of at least 2048 bits");
        }
        List<String> principals = list(words.get(0));
        return new AllowedSigner(principals, read.purposes, read.validAfter, read.validBefore, key.get());
    }

    private void options(String options) {
        for (String option : split(options, ',')) {
            int equals = option.indexOf('=');
            String name = (equals < 0 ? option : option.substring(0, equals)).toLowerCase(Locale.ROOT);
            String value = equals < 0 ? "" : option.substring(equals + 1).replace("\"", "");
            switch (name) {
                case "namespaces" -> purposes = list(value);
                case "valid-after" -> validAfter = Optional.of(instant(value));
                case "valid-before" -> validBefore = Optional.of(instant(value));
                case "cert-authority" ->
                    throw new IllegalArgumentException("cert-authority is not supported; name each person's own key");
                default -> throw new IllegalArgumentException("there is no option " + name);
            }
        }
    }

    /** As ssh has it: the machine's own time zone unless a Z stands at the end. */
    private static Instant instant(String text) {
        boolean universal = text.endsWith("Z");
        String digits = universal ? text.substring(0, text.length() - 1) : text;
        String padded = switch (digits.length()) {
            case DATE -> digits + "000000";
            case DATE_AND_MINUTE -> digits + "00";
            default -> digits;
        };
        try {
            return LocalDateTime.parse(padded, TIME)
                    .atZone(universal ? ZoneOffset.UTC : ZoneId.systemDefault())
                    .toInstant();
        } catch (DateTimeException malformed) {
            throw new IllegalArgumentException("a time is not written as YYYYMMDD[HHMM[SS]][Z]: " + text, malformed);
        }
    }

    private static List<String> list(String text) {
        List<String> parts = Arrays.stream(text.replace("\"", "").split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a list of names is empty");
        }
        return parts;
    }

    private static List<String> words(String line) {
        return split(line.replace('\t', ' '), ' ').stream()
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** Splits where no quotation marks are around the separator. */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        for (int place = 0; place < text.length(); place++) {
            char letter = text.charAt(place);
            quoted ^= letter == '"';
            if (letter == separator && !quoted) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(letter);
            }
        }
        if (quoted) {
            throw new IllegalArgumentException("a quotation mark is not closed");
        }
        parts.add(part.toString());
        return parts;
    }
}
