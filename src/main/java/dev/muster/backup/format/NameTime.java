package dev.muster.backup.format;

import dev.muster.drill.Reading;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the time that people and scripts write into names of backups. */
final class NameTime {
    private static final Pattern WRITTEN = Pattern.compile("(?<!\\d)(\\d{4})[-_.]?(\\d{2})[-_.]?(\\d{2})"
            + "[T_.-]?(\\d{2})[-_.:h]?(\\d{2})(?:[-_.:m]?(\\d{2}))?(?:[.,]\\d{1,9})?"
            + "(Z|UTC|[+-]\\d{2}:?\\d{2})?(?!\\d)");
    private static final Pattern EPOCH = Pattern.compile("(?<!\\d)(1\\d{9})(\\d{3})?(?!\\d)");
    private static final int FIRST_YEAR = 1990;

    private NameTime() {}

    /** The last time that stands in the name; absent when none does. */
    static Optional<Reading> read(String name, ZoneId zone) {
        Optional<Reading> found = Optional.empty();
        for (Matcher match = WRITTEN.matcher(name); match.find(); ) {
            Optional<Reading> before = found;
            found = written(match, zone).or(() -> before);
        }
        if (found.isPresent()) {
            return found;
        }
        for (Matcher match = EPOCH.matcher(name); match.find(); ) {
            Instant instant = Instant.ofEpochSecond(Long.parseLong(match.group(1)));
            found = Optional.of(
                    Reading.of(instant, "time in the object's name, " + match.group() + " since the epoch"));
        }
        return found;
    }

    private static Optional<Reading> written(Matcher match, ZoneId zone) {
        try {
            LocalDateTime local = LocalDateTime.of(
                    number(match, 1),
                    number(match, 2),
                    number(match, 3),
                    number(match, 4),
                    number(match, 5),
                    match.group(6) == null ? 0 : number(match, 6));
            if (local.getYear() < FIRST_YEAR) {
                return Optional.empty();
            }
            String formula = "time in the object's name, ";
            String offset = match.group(7);
            if (offset == null) {
                return Optional.of(WallClock.of(formula, local, zone));
            }
            Instant instant = local.toInstant(offset.equals("UTC") ? ZoneOffset.UTC : ZoneOffset.of(offset));
            return Optional.of(Reading.of(instant, formula + match.group()));
        } catch (DateTimeException e) {
            // Digits that are no time.
            return Optional.empty();
        }
    }

    private static int number(Matcher match, int group) {
        return Integer.parseInt(match.group(group));
    }
}
