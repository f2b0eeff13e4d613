package dev.muster.evidence.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalWritingTest {
    private static final Instant INSTANT = Instant.parse("2026-11-01T13:00:00.999Z");
    private final LocalWriting usual = new LocalWriting(Presentation.USUAL);
    private final LocalWriting german =
            new LocalWriting(new Presentation(Locale.GERMANY, ZoneId.of("Europe/Berlin"), Presentation.Paper.A4));

    @ParameterizedTest
    @CsvSource({
        "0, 0 s",
        "0.250, 0.25 s",
        "9.996, 10 s",
        "41.003, 41 s",
        "59.6, 1 min",
        "252.0, 4 min 12 s",
        "3600, 1 h",
        "7512, 2 h 5 min",
        "90000, 1 d 1 h",
        "-4.2, minus 4.2 s"
    })
    void durations_are_written_in_their_two_largest_units(BigDecimal seconds, String words) {
        assertThat(usual.duration(seconds)).isEqualTo(words);
    }

    @Test
    void an_absurd_duration_is_written_and_not_refused() {
        assertThat(usual.duration(new BigDecimal("1e40"))).endsWith(" s");
    }

    @Test
    void instants_name_their_offset() {
        assertThat(usual.instant(INSTANT)).isEqualTo("2026-11-01 13:00:00 UTC");
        assertThat(german.instant(INSTANT)).isEqualTo("01.11.2026 14:00:00 UTC+01:00");
        assertThat(german.instant(Instant.parse("2026-07-01T13:00:00Z"))).endsWith("15:00:00 UTC+02:00");
        assertThat(new LocalWriting(new Presentation(Locale.US, ZoneId.of("UTC"), Presentation.Paper.LETTER))
                        .instant(INSTANT))
                .isEqualTo("11/1/2026 13:00:00 UTC");
    }

    @Test
    void days_sizes_and_parts_follow_the_locale() {
        assertThat(german.date(LocalDate.of(2026, 11, 1))).isEqualTo("01.11.2026");
        assertThat(german.duration(new BigDecimal("1.25"))).isEqualTo("1,25 s");
        assertThat(german.size(48_211_034)).isEqualTo("48,2 MB (48.211.034 bytes)");
        assertThat(german.percent(new BigDecimal("0.8756"))).isEqualTo("87,5\u00a0%");
        assertThat(usual.size(48_211_034)).isEqualTo("48.2 MB (48,211,034 bytes)");
        assertThat(usual.percent(new BigDecimal("0.9999"))).isEqualTo("99.9%");
    }
}
