package dev.muster.restore.server;

import dev.muster.backup.log.Lsn;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a recovering server says of how far it came. */
final class ServerLog {
    private static final Pattern LAST_COMMIT = Pattern.compile("last completed transaction was at log time (.+)");
    private static final Pattern DONE = Pattern.compile("redo done at ([0-9A-F]+/[0-9A-F]+)");
    private static final Pattern STOPPING = Pattern.compile("LOG: +recovery (stopping .+)");
    private static final Pattern LEFT_OUT =
            Pattern.compile("recovery stopping before (?:commit|abort) of transaction \\d+, time (.+)");
    private static final Pattern BROKEN = Pattern.compile(
            "LOG: +((?:invalid|incorrect|unexpected|record with|there is no contrecord|missing contrecord)"
                    + ".* (?:at|in record at) ([0-9A-F]+/[0-9A-F]+).*)");
    private static final Pattern TIMELINE = Pattern.compile("selected new timeline ID: (\\d+)");
    private static final Pattern RESTORED = Pattern.compile("restored log file \"([0-9A-F]{24})\" from archive");
    private static final Pattern FATAL = Pattern.compile("(?:FATAL|PANIC): +(.+)");
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 6, true)
            .appendOffset("+HHmm", "+00")
            .toFormatter(Locale.ROOT);

    private final List<String> fatal = new ArrayList<>();
    private Optional<Instant> lastCommit = Optional.empty();
    private Optional<Instant> leftOut = Optional.empty();
    private Optional<String> stopping = Optional.empty();
    private Optional<Lsn> done = Optional.empty();
    private Optional<String> broken = Optional.empty();
    private Optional<Lsn> brokenAt = Optional.empty();
    private Optional<String> lastSegment = Optional.empty();
    private Optional<String> timeline = Optional.empty();
    private int segments;

    synchronized void hear(String line) {
        found(LAST_COMMIT, line).ifPresent(time -> lastCommit = time(time));
        found(LEFT_OUT, line).ifPresent(time -> leftOut = time(time));
        found(STOPPING, line).ifPresent(words -> stopping = Optional.of(words));
        found(DONE, line).ifPresent(position -> done = Lsn.read(position));
        found(TIMELINE, line).ifPresent(id -> timeline = Optional.of(id));
        found(FATAL, line).ifPresent(fatal::add);
        found(RESTORED, line).ifPresent(segment -> {
            lastSegment = Optional.of(segment);
            segments++;
        });
        Matcher breaking = BROKEN.matcher(line);
        if (breaking.find()) {
            broken = Optional.of(breaking.group(1));
            brokenAt = Lsn.read(breaking.group(2));
        }
    }

    /** The commit time of the last transaction that was replayed. */
    synchronized Optional<Instant> lastCommit() {
        return lastCommit;
    }

    /** The time of the first transaction that was left out. */
    synchronized Optional<Instant> leftOut() {
        return leftOut;
    }

    /** Where and why it stopped before the log's end; empty when it did not. */
    synchronized Optional<String> stopping() {
        return stopping;
    }

    /** The position of the last record that was replayed. */
    synchronized Optional<Lsn> done() {
        return done;
    }

    /** Why nothing more could be read, which at the log's true end is no fault. */
    synchronized Optional<String> broken() {
        return broken;
    }

    /** The farthest position of which it speaks. */
    synchronized Optional<Lsn> farthest() {
        return brokenAt.filter(at -> done.isEmpty() || at.compareTo(done.get()) > 0)
                .or(() -> done);
    }

    synchronized Optional<String> lastSegment() {
        return lastSegment;
    }

    synchronized Optional<String> timeline() {
        return timeline;
    }

    synchronized int segments() {
        return segments;
    }

    synchronized List<String> fatal() {
        return List.copyOf(fatal);
    }

    synchronized boolean died(String words) {
        return fatal.stream().anyMatch(line -> line.contains(words));
    }

    private static Optional<String> found(Pattern pattern, String line) {
        Matcher matcher = pattern.matcher(line);
        return matcher.find() ? Optional.of(matcher.group(1).strip()) : Optional.empty();
    }

    private static Optional<Instant> time(String text) {
        return Optional.of(TIME.parse(text, Instant::from));
    }
}
