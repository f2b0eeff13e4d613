package dev.muster.check;

import static dev.muster.check.RestoredDatabase.DISASTER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.drill.BusinessProcess;
import dev.muster.drill.Objectives;
import dev.muster.drill.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatermarksTest {
    @RegisterExtension
    static final RestoredDatabase RESTORED = new RestoredDatabase();

    @BeforeEach
    void a_table() throws Exception {
        RESTORED.sql(
                "create table sale (bare timestamp, zoned timestamptz, day date, epoch bigint)",
                "insert into sale values ('2026-11-21 01:30', '2026-11-21 01:30+01', '2026-11-21', 1795224600)");
    }

    @Test
    void a_timestamp_without_zone_is_taken_as_utc_and_the_formula_says_so() throws Exception {
        Reading reading = newest("select max(bare) from sale");

        assertThat(reading.at()).contains(Instant.parse("2026-11-21T01:30:00Z"));
        assertThat(reading.formula()).contains("select max(bare) from sale", "taken as UTC");
    }

    @Test
    void a_timestamp_with_zone_is_taken_as_it_stands() throws Exception {
        assertThat(newest("select max(zoned) from sale").at()).contains(Instant.parse("2026-11-21T00:30:00Z"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select max(day) from sale | date",
                "select max(epoch) from sale | int8",
                "select max(bare) from sale where false | null",
                "select bare from sale where false | no row",
                "select bare from sale union all select bare from sale | several rows",
                "select bare, zoned from sale | 2 columns",
                "select max(bare) from purchase | relation \"purchase\" does not exist",
                "select 'infinity'::timestamp | after the disaster",
                "select '-infinity'::timestamptz | no clock",
                "select bare + interval '2 hours' from sale | after the disaster",
                "delete from sale returning bare | read-only transaction",
                "select bare from sale, pg_sleep(600) | no answer within",
            })
    void what_names_no_instant_is_absent_with_the_reason(String query, String reason) throws Exception {
        Reading reading = newest(query);

        assertThat(reading.at()).isEmpty();
        assertThat(reading.formula()).contains(query, reason);
    }

    @Test
    void a_process_without_a_query_has_no_reading() throws Exception {
        assertThat(new Watermarks(Duration.ofSeconds(1))
                        .newest(process(Optional.empty()), RESTORED.database(), DISASTER)
                        .at())
                .isEmpty();
    }

    private static Reading newest(String query) throws InterruptedException {
        return new Watermarks(Duration.ofSeconds(2)).newest(process(Optional.of(query)), RESTORED.database(), DISASTER);
    }

    private static BusinessProcess process(Optional<String> query) {
        return new BusinessProcess(
                "order-capture", new Objectives(Duration.ofMinutes(15), Duration.ofHours(2)), query, List.of());
    }
}
