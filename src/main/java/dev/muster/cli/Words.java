package dev.muster.cli;

import dev.muster.drill.Span;
import dev.muster.drill.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Figures as people read them. */
final class Words {
    private static final DateTimeFormatter INSTANT = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final List<String> SIZES = List.of("B", "KiB", "MiB", "GiB", "TiB");

    private Words() {}

    static String duration(Duration duration) {
        if (duration.isNegative()) {
            return "-" + duration(duration.negated());
        }
        if (duration.compareTo(Duration.ofSeconds(10)) < 0) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
        }
        return new Span(duration).toString();
    }

    static String duration(Optional<Duration> duration) {
        return duration.map(Words::duration).orElse("not measured");
    }

    static String instant(Instant instant) {
        return INSTANT.format(instant.truncatedTo(ChronoUnit.SECONDS));
    }

    static String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < SIZES.size() - 1) {
            value /= 1024;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, SIZES.get(unit));
    }

    /** The verdict as a word for people. */
    static String verdict(Verdict verdict) {
        return verdict.name().replace('_', ' ');
    }
}
