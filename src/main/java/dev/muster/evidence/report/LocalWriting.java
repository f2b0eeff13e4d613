package dev.muster.evidence.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;

/** Times, sizes and numbers as people read them, in their own locale and zone. */
public final class LocalWriting {
    private final Locale locale;
    private final DateTimeFormatter date;
    private final DateTimeFormatter time;

    public LocalWriting(Presentation presentation) {
        this.locale = presentation.locale();
        // English without a country could mean the day or the month first; the digits of ISO mean one thing.
        String pattern = locale.equals(Locale.ENGLISH)
                ? "uuuu-MM-dd"
                : DateTimeFormatterBuilder.getLocalizedDateTimePattern(
                                FormatStyle.SHORT, null, IsoChronology.INSTANCE, locale)
                        .replaceAll("y+", "uuuu");
        this.date = DateTimeFormatter.ofPattern(pattern, locale).withZone(presentation.zone());
        this.time = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(presentation.zone());
    }

    /** With its offset, so that nobody takes one zone for another. */
    public String instant(Instant instant) {
        ZoneOffset offset = date.getZone().getRules().getOffset(instant);
        return date(instant) + " " + time.format(instant) + " UTC" + (offset.equals(ZoneOffset.UTC) ? "" : offset);
    }

    public String date(Instant instant) {
        return date.format(instant);
    }

    public String date(LocalDate day) {
        return date.format(day);
    }

    /** The two largest units that matter: {@code 4 min 12 s}, {@code 2 h}, {@code 0.25 s}. */
    public String duration(BigDecimal seconds) {
        if (seconds.signum() < 0) {
            return "minus " + duration(seconds.negate());
        }
        if (seconds.compareTo(BigDecimal.TEN) < 0) {
            return number(seconds, 0, 2) + " s";
        }
        BigDecimal rounded = seconds.setScale(0, RoundingMode.HALF_UP);
        if (rounded.precision() > 15) {
            return number(rounded, 0, 0) + " s";
        }
        long whole = rounded.longValueExact();
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

    private String pair(long large, String largeUnit, long small, String smallUnit) {
        return number(BigDecimal.valueOf(large), 0, 0)
                + " "
                + largeUnit
                + (small == 0 ? "" : " " + small + " " + smallUnit);
    }

    public String size(long bytes) {
        String exact = number(BigDecimal.valueOf(bytes), 0, 0) + (bytes == 1 ? " byte" : " bytes");
        if (bytes < 1000) {
            return exact;
        }
        BigDecimal value = BigDecimal.valueOf(bytes);
        String unit = "";
        for (String next : List.of("kB", "MB", "GB", "TB", "PB")) {
            if (value.compareTo(BigDecimal.valueOf(1000)) < 0) {
                break;
            }
            value = value.movePointLeft(3);
            unit = next;
        }
        return number(value, 1, 1) + " " + unit + " (" + exact + ")";
    }

    /**
     * A share, never rounded up.
     *
     * @param part of one
     */
    public String percent(BigDecimal part) {
        NumberFormat format = NumberFormat.getPercentInstance(locale);
        format.setMaximumFractionDigits(1);
        // Ninety-nine point nine six are not all.
        format.setRoundingMode(RoundingMode.DOWN);
        return format.format(part);
    }

    public String number(BigDecimal value, int fewestDecimals, int mostDecimals) {
        NumberFormat format = NumberFormat.getNumberInstance(locale);
        format.setMinimumFractionDigits(fewestDecimals);
        format.setMaximumFractionDigits(mostDecimals);
        format.setRoundingMode(RoundingMode.HALF_UP);
        return format.format(value);
    }
}
