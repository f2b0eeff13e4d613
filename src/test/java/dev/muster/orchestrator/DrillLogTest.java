package dev.muster.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class DrillLogTest {
    private static final Instant THREE = Instant.parse("2026-11-20T03:00:00Z");

    private final DrillLog log = new DrillLog();

    @Test
    void has_a_line_for_each_thing_that_was_said() {
        log.said(THREE, "stage fetch");
        log.said(THREE.plusSeconds(1), "two\nlines");

        assertThat(log.text()).isEqualTo("2026-11-20T03:00:00Z stage fetch\n2026-11-20T03:00:01Z two lines\n");
    }

    @Test
    void what_was_said_elsewhere_stands_at_its_time() {
        log.said(THREE, "one");
        log.said(THREE.plusSeconds(2), "three");

        log.takeIn("rubbish\n2026-11-20T03:00:01.5Z two\n");

        assertThat(log.text().lines().map(line -> line.substring(line.indexOf(' ') + 1)))
                .containsExactly("one", "two", "three", "rubbish");
    }

    @Test
    void whoever_says_too_much_is_cut_short_here_and_elsewhere() {
        String before = "2026-11-20T02:00:00Z " + "x".repeat(1 << 20) + "\n";

        log.takeIn(before.repeat(9));
        log.said(THREE, "too late");

        assertThat(log.text().length()).isBetween(4 << 20, 6 << 20);
        assertThat(log.text()).doesNotContain("too late");
    }
}
