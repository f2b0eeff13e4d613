package dev.muster.evidence;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as people read them. */
final class HumanTime {
    private static final DateTimeFormatter INSTANT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private HumanTime() {}

    static String instant(Instant instant) {
        return INSTANT.format(instant);
    }

    /** The two largest units that matter: {@code 4 min 12 s}, {@code 2 h}, {@code 0.25 s}. */
    static String duration(BigDecimal seconds) {
        if (seconds.signum() < 0) {
            return "minus " + duration(seconds.negate());
        }
        if (seconds.compareTo(BigDecimal.TEN) < 0) {
            BigDecimal shown = seconds.setScale(2, RoundingMode.HALF_UP).stripTrailingZeros();
            return (shown.scale() < 0 ? shown.setScale(0) : shown).toPlainString() + " s";
        }
        long whole = seconds.setScale(0, RoundingMode.HALF_UP).longValueExact();
        if (whole < 60) {
            return whole + " s";
        }
        if (whole < 3600) {
            return pair(whole / 60, "min", whole % 60, "s");
        }
        if (whole < 86_400) {
            return pair(whole / 3600, "h", whole % 3600 / 60, "min");
        }
        return pair(whole / 86_400, "d", whole % 86_400 / 3600, "h");
    }

    private static String pair(long large, String largeUnit, long small, String smallUnit) {
        return large + " " + largeUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }
}
