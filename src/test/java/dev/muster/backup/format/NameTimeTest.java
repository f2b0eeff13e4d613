package dev.muster.backup.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.drill.Reading;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameTimeTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource({
        "files-2026-11-20T02:00:01Z.tar.gz, 2026-11-20T02:00:01Z",
        "files_20261120T020001Z.tar, 2026-11-20T02:00:01Z",
        "files-2026-11-20T02-00-01+0200.tar, 2026-11-20T00:00:01Z",
        "files-2026-11-20T02:00:01+02:00.tar, 2026-11-20T00:00:01Z",
        "odoo-19.0-2026-11-20_02-00-01.tar.zst, 2026-11-20T01:00:01Z",
        "20261120-0200.tar, 2026-11-20T01:00:00Z",
        "20261120020001.tar, 2026-11-20T01:00:01Z",
        "2026-11-20_02h00m01.tar, 2026-11-20T01:00:01Z",
        "2026-07-20T02-00-01.tar, 2026-07-20T00:00:01Z",
        "old-2025-01-01T00:00:00Z/new-2026-11-20T02:00:01Z.tar, 2026-11-20T02:00:01Z",
        "2026-11-20T02:00:01Z/files.tar, 2026-11-20T02:00:01Z",
        "1795140001.tar, 2026-11-20T02:00:01Z",
        "1795140001000.tar, 2026-11-20T02:00:01Z"
    })
    void reads_the_time_that_stands_in_a_name(String name, Instant expected) {
        assertThat(NameTime.read(name, BERLIN)).map(Reading::at).hasValue(Optional.of(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "files.tar",
                "files-2026-11-20.tar",
                "2026-13-45T99:99:99.tar",
                "v19.0.1.tar",
                "12345678901234567890.tar"
            })
    void finds_none_where_none_stands(String name) {
        assertThat(NameTime.read(name, BERLIN)).isEmpty();
    }

    @Test
    void says_on_which_clock_it_read_a_time_without_zone() {
        assertThat(NameTime.read("2026-11-20T02-00-01.tar", BERLIN)
                        .orElseThrow()
                        .formula())
                .isEqualTo("time in the object's name, 2026-11-20 02:00:01 on a clock of Europe/Berlin");
    }
}
