package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.drill.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void durations_are_as_exact_as_a_reader_wants_them() {
        assertThat(Words.duration(Duration.ofMillis(3111))).isEqualTo("3.1 s");
        assertThat(Words.duration(Duration.ofSeconds(42))).isEqualTo("42 s");
        assertThat(Words.duration(Duration.ofSeconds(137))).isEqualTo("2 min 17 s");
        assertThat(Words.duration(Duration.ofMinutes(15))).isEqualTo("15 min");
        assertThat(Words.duration(Duration.ofMinutes(90))).isEqualTo("1 h 30 min");
        assertThat(Words.duration(Duration.ofHours(73))).isEqualTo("3 d 1 h");
        assertThat(Words.duration(Duration.ofSeconds(-137))).isEqualTo("-2 min 17 s");
        assertThat(Words.duration(Optional.empty())).isEqualTo("not measured");
    }

    @Test
    void sizes_are_in_the_unit_that_fits() {
        assertThat(Words.bytes(876)).isEqualTo("876 B");
        assertThat(Words.bytes(8 * 1024 * 1024 + 1)).isEqualTo("8.0 MiB");
    }

    @Test
    void a_rate_says_share_speed_and_time_left() {
        Instant began = Instant.EPOCH;
        Rate half = new Rate("fetching", Progress.Unit.BYTES, began, began.plusSeconds(2), 2 << 20, 4 << 20);
        assertThat(half).hasToString("fetching  2.0 MiB of 4.0 MiB (50 %), 1.0 MiB/s, 2.0 s left");
        Rate unknown = new Rate("reading", Progress.Unit.ITEMS, began, began.plusSeconds(10), 1200, 0);
        assertThat(unknown).hasToString("reading  1,200, 120/s");
        Rate slow = new Rate("sample backups", Progress.Unit.ITEMS, began, began.plusSeconds(9), 3, 4);
        assertThat(slow).hasToString("sample backups  3 of 4 (75 %), 3.0 s left");
        Rate none = new Rate("waiting", Progress.Unit.BYTES, began, began.plusSeconds(10), 0, 100);
        assertThat(none).hasToString("waiting  0 B of 100 B (0 %)");
    }

    @Test
    void columns_line_up_whatever_their_letters() {
        assertThat(new Table("a", "b").row("ü€", "x").row("long one", "y").lines())
                .containsExactly("a         b", "ü€        x", "long one  y");
    }
}
