package dev.muster.scratch.neighbour;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a neighbour says of the container that it is in.
 *
 * @param path where programs are looked for
 * @param postgres the folders in which a PostgreSQL server lies
 * @param memory how many bytes of memory it may use; absent when there is no limit
 * @param processors how many processors it may use; absent when there is no limit
 * @param sharedMemory how many bytes {@code /dev/shm} holds
 */
public record Container(
        String path, List<Path> postgres, OptionalLong memory, OptionalInt processors, OptionalLong sharedMemory) {
    private static final Pattern SIZE = Pattern.compile("(?:^|,)size=(\\d+)([kmg]?)(?:,|$)");
    /** What control groups say instead of "no limit" is larger than any memory. */
    private static final long UNLIMITED = 1L << 60;

    public Container {
        postgres = List.copyOf(postgres);
    }

    /** Reads the lines that the neighbour has written. */
    static Container read(List<String> lines) {
        return new Container(
                value(lines, "path").orElse(""),
                values(lines, "postgres").stream().distinct().map(Path::of).toList(),
                number(value(lines, "memory").orElse("")),
                processors(value(lines, "processors").orElse("")),
                value(lines, "shared").map(Container::size).orElse(OptionalLong.empty()));
    }

    private static Optional<String> value(List<String> lines, String label) {
        List<String> values = values(lines, label);
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
    }

    private static List<String> values(List<String> lines, String label) {
        List<String> values = new ArrayList<>();
        lines.stream()
                .filter(line -> line.startsWith(label + " "))
                .map(line -> line.substring(label.length() + 1).strip())
                .filter(value -> !value.isEmpty())
                .forEach(values::add);
        return values;
    }

    private static OptionalLong number(String value) {
        String first = value.split(" ", -1)[0];
        if (!first.matches("\\d{1,19}")) {
            return OptionalLong.empty();
        }
        long number = Long.parseUnsignedLong(first);
        return number < 0 || number >= UNLIMITED ? OptionalLong.empty() : OptionalLong.of(number);
    }

    /** As quota and period, of which a part of a processor counts as one. */
    private static OptionalInt processors(String value) {
        String[] words = value.split(" +", -1);
        if (words.length < 2 || !words[0].matches("\\d{1,15}") || !words[1].matches("[1-9]\\d{0,14}")) {
            return OptionalInt.empty();
        }
        long period = Long.parseLong(words[1]);
        return OptionalInt.of((int) Math.max(1, (Long.parseLong(words[0]) + period - 1) / period));
    }

    private static OptionalLong size(String mountOptions) {
        Matcher size = SIZE.matcher(mountOptions);
        if (!size.find()) {
            return OptionalLong.empty();
        }
        int shift = switch (size.group(2)) {
            case "k" -> 10;
            case "m" -> 20;
            case "g" -> 30;
            default -> 0;
        };
        return OptionalLong.of(Long.parseLong(size.group(1)) << shift);
    }
}
