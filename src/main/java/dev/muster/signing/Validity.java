package dev.muster.signing;

import java.security.InvalidKeyException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The time in which a key may sign, as lines before a PEM block tell it.
 *
 * @param from from this instant on; absent means ever since
 * @param until before this instant; absent means for ever
 */
public record Validity(Optional<Instant> from, Optional<Instant> until) {
    public static final Validity ALWAYS = new Validity(Optional.empty(), Optional.empty());

    private static final String FROM = "Valid from";
    private static final String UNTIL = "Valid until";
    private static final Pattern LINE = Pattern.compile("(?m)^(" + FROM + "|" + UNTIL + "):(.*)$");

    /** For a key that is to be given up at an instant. */
    public static Validity until(Instant instant) {
        return new Validity(Optional.empty(), Optional.of(instant));
    }

    /** The same, but ending no later than at this instant. */
    Validity endedBy(Instant instant) {
        return new Validity(
                from, Optional.of(until.filter(end -> end.isBefore(instant)).orElse(instant)));
    }

    /** Reads the lines. What looks like one and cannot be read must not pass as a key without an end. */
    static Validity read(String heading) throws InvalidKeyException {
        Validity read = ALWAYS;
        Matcher lines = LINE.matcher(heading);
        while (lines.find()) {
            boolean beginning = lines.group(1).equals(FROM);
            try {
                Optional<Instant> instant =
                        Optional.of(Instant.parse(lines.group(2).strip()));
                if ((beginning ? read.from : read.until).isPresent()) {
                    throw new InvalidKeyException("it has two lines \"" + lines.group(1) + "\"");
                }
                read = beginning ? new Validity(instant, read.until) : new Validity(read.from, instant);
            } catch (DateTimeException unreadable) {
                throw new InvalidKeyException(
                        "its line \"" + lines.group(1) + "\" holds no instant such as 2027-11-21T00:00:00Z",
                        unreadable);
            }
        }
        return read;
    }

    /** Whether the key may sign at an instant. */
    public boolean includes(Instant instant) {
        return from.filter(instant::isBefore).isEmpty()
                && until.filter(end -> !instant.isBefore(end)).isEmpty();
    }

    /** Whether the key may sign at any time. */
    public boolean endless() {
        return from.isEmpty() && until.isEmpty();
    }

    /** The lines, as {@link #read} takes them. */
    String heading() {
        return from.map(instant -> FROM + ": " + instant + "\n").orElse("")
                + until.map(instant -> UNTIL + ": " + instant + "\n").orElse("");
    }

    @Override
    public String toString() {
        return from.map(instant -> "from " + instant + " ").orElse("")
                + until.map(instant -> "until " + instant).orElse("without end");
    }
}
