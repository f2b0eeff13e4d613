package dev.muster.check.filestore;

import dev.muster.check.Examples;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells the files that no row names by what they may be. */
final class Unnamed {
    private static final int REMEMBERED = 11;

    /** What a file that no row names may be. */
    enum Kind {
        GARBAGE("awaiting collection as garbage"),
        FOREIGN("not of the store's layout"),
        NEWER("newer than the database"),
        OLDER("older than the database, unexplained"),
        UNDATED("of unknown age");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    private final FileStock stock;
    private final Optional<Instant> dumped;
    private final Duration slack;
    private final Instant disaster;
    private final Map<Kind, Long> files = new EnumMap<>(Kind.class);
    private final Map<Kind, Long> bytes = new EnumMap<>(Kind.class);
    private final Map<Kind, List<String>> examples = new EnumMap<>(Kind.class);
    private Optional<Instant> newest = Optional.empty();

    /**
     * @param dumped the instant that the database is good for
     * @param slack how long before it a file may have been written whose row was not committed by then
     * @param disaster no backup can hold a file from after it, so that such a time is that of unpacking
     */
    Unnamed(FileStock stock, Optional<Instant> dumped, Duration slack, Instant disaster) {
        this.stock = stock;
        this.dumped = dumped;
        this.slack = slack;
        this.disaster = disaster;
    }

    void add(String path, BasicFileAttributes file) {
        Instant written = file.lastModifiedTime().toInstant();
        Kind kind = kind(path, written);
        files.merge(kind, 1L, Long::sum);
        bytes.merge(kind, file.size(), Long::sum);
        List<String> first = examples.computeIfAbsent(kind, any -> new ArrayList<>());
        if (first.size() < REMEMBERED) {
            first.add(NamedFile.plain(path) + " of " + written);
        }
        if (kind == Kind.NEWER
                && newest.filter(known -> !known.isBefore(written)).isEmpty()) {
            newest = Optional.of(written);
        }
    }

    private Kind kind(String path, Instant written) {
        if (stock.register()
                .garbage()
                .filter(folder -> stock.folder().marked(folder, path))
                .isPresent()) {
            return Kind.GARBAGE;
        }
        if (stock.register()
                .layout()
                .filter(layout -> !layout.matcher(path).matches())
                .isPresent()) {
            return Kind.FOREIGN;
        }
        if (dumped.isEmpty() || written.isAfter(disaster)) {
            return Kind.UNDATED;
        }
        return written.isBefore(dumped.get().minus(slack)) ? Kind.OLDER : Kind.NEWER;
    }

    long files(Kind kind) {
        return files.getOrDefault(kind, 0L);
    }

    long bytes(Kind kind) {
        return bytes.getOrDefault(kind, 0L);
    }

    long files() {
        return files.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The first of a kind, and that there are more. */
    String examples(Kind kind) {
        return Examples.of(examples.getOrDefault(kind, List.of()));
    }

    /** How much longer than the database the filestore went on. */
    Duration newerBy() {
        return newest.flatMap(last -> dumped.map(instant -> Duration.between(instant, last)))
                .filter(length -> !length.isNegative())
                .orElse(Duration.ZERO);
    }
}
