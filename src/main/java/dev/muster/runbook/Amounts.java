package dev.muster.runbook;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.Period;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads lengths of time, instants and sizes as people write them: {@code 1h30m}, {@code PT1H}, {@code 6y}, {@code 20 GiB}. */
public final class Amounts {
    private static final Pattern DURATION =
            Pattern.compile("(?:(\\d{1,9})d)? ?(?:(\\d{1,9})h)? ?(?:(\\d{1,9})m)? ?(?:(\\d{1,9})s)?");
    private static final Pattern PERIOD =
            Pattern.compile("(?:(\\d{1,3})y)? ?(?:(\\d{1,3}) ?months?)? ?(?:(\\d{1,5})d)?");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,3})?) ?(kB|MB|GB|TB|KiB|MiB|GiB|TiB)");
    private static final Map<String, Long> UNITS = Map.of(
            "kB",
            1_000L,
            "MB",
            1_000_000L,
            "GB",
            1_000_000_000L,
            "TB",
            1_000_000_000_000L,
            "KiB",
            1L << 10,
            "MiB",
            1L << 20,
            "GiB",
            1L << 30,
            "TiB",
            1L << 40);

    private Amounts() {}

    /** The length of time that a text says; absent when it says none, or one that is not longer than zero. */
    public static Optional<Duration> duration(String text) {
        return written(text).filter(length -> !length.isZero() && !length.isNegative());
    }

    /** The instant that a text says with its zone, such as {@code 2026-11-20T03:00:00+01:00}; absent when it says none. */
    public static Optional<Instant> instant(String text) {
        try {
            return Optional.of(
                    OffsetDateTime.parse(text.trim().replace(' ', 'T')).toInstant());
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> written(String text) {
        if (text.startsWith("P")) {
            try {
                return Optional.of(Duration.parse(text));
            } catch (DateTimeException unreadable) {
                return Optional.empty();
            }
        }
        Matcher parts = DURATION.matcher(text);
        return parts.matches()
                ? Optional.of(Duration.ofDays(whole(parts, 1))
                        .plusHours(whole(parts, 2))
                        .plusMinutes(whole(parts, 3))
                        .plusSeconds(whole(parts, 4)))
                : Optional.empty();
    }

    /** The years, months and days that a text says; absent when it says none. */
    public static Optional<Period> period(String text) {
        Matcher parts = PERIOD.matcher(text);
        return parts.matches()
                ? Optional.of(Period.of((int) whole(parts, 1), (int) whole(parts, 2), (int) whole(parts, 3)))
                        .filter(period -> !period.isZero())
                : Optional.empty();
    }

    private static long whole(Matcher parts, int group) {
        String digits = parts.group(group);
        return digits == null ? 0 : Long.parseLong(digits);
    }

    /** The number of bytes that a text says; absent when it says none. */
    public static OptionalLong size(String text) {
        Matcher parts = SIZE.matcher(text);
        if (!parts.matches()) {
            return OptionalLong.empty();
        }
        long unit = UNITS.getOrDefault(parts.group(2), 1L);
        long bytes = new BigDecimal(parts.group(1))
                .multiply(BigDecimal.valueOf(unit))
                .longValue();
        return bytes > 0 ? OptionalLong.of(bytes) : OptionalLong.empty();
    }
}
