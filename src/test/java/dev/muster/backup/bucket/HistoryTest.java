package dev.muster.backup.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.drill.StoredObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which state of a versioned prefix is looked at. */
class HistoryTest {
    private static final Instant DUMP = at("02:00:00");
    private static final Instant DISASTER = at("20:00:00");

    @Test
    void of_each_key_the_newest_version_counts_that_is_not_after_the_instant() {
        History history = history(put("a", "01:00:00"), put("a", "03:00:00"), put("b", "04:00:00"));
        assertThat(history.at(at("03:30:00")).objects())
                .containsExactly(put("a", "03:00:00").object());
        assertThat(history.at(at("02:59:59")).objects())
                .containsExactly(put("a", "01:00:00").object());
        assertThat(history.at(at("03:30:00")).later()).isOne();
    }

    @Test
    void what_was_deleted_by_then_is_not_there_and_what_was_deleted_later_is() {
        History history = history(put("a", "01:00:00"), delete("a", "05:00:00"), put("a", "06:00:00"));
        assertThat(history.at(at("04:59:59")).objects()).hasSize(1);
        assertThat(history.at(at("05:00:00")).objects()).isEmpty();
        assertThat(history.at(at("06:00:00")).objects())
                .containsExactly(put("a", "06:00:00").object());
    }

    @Test
    void of_two_events_in_one_second_the_one_counts_that_nothing_came_after() {
        History.Event put = new History.Event(put("a", "01:00:00").object(), false, false);
        History.Event delete = new History.Event(delete("a", "01:00:00").object(), true, true);
        assertThat(history(put, delete).at(DISASTER).objects()).isEmpty();
        History.Event again = new History.Event(put("a", "01:00:00").object(), false, true);
        History.Event before = new History.Event(delete("a", "01:00:00").object(), true, false);
        assertThat(history(before, again).at(DISASTER).objects()).hasSize(1);
    }

    @Test
    void a_file_that_was_uploaded_by_the_first_copy_after_the_dump_belongs_to_it() {
        History history =
                history(put("a", "01:30:00"), put("b", "02:30:00"), put("c", "02:35:00"), put("d", "09:00:00"));
        assertThat(history.settledAfter(DUMP, DISASTER)).isEqualTo(at("02:35:00"));
    }

    @Test
    void the_looking_ends_at_the_disaster() {
        History history = history(put("b", "02:30:00"), put("c", "02:35:00"));
        assertThat(history.settledAfter(DUMP, at("02:31:00"))).isEqualTo(at("02:30:00"));
    }

    @Test
    void what_begins_to_change_only_after_a_day_leaves_the_state_at_the_point() {
        History history = history(put("a", "01:00:00"), delete("a", "05:00:00"));
        Instant dayBefore = DUMP.minusSeconds(86_400);
        assertThat(history.settledAfter(dayBefore.minusSeconds(1), DISASTER)).isEqualTo(at("01:00:00"));
        assertThat(history.settledAfter(at("05:00:00"), DISASTER)).isEqualTo(at("05:00:00"));
        assertThat(history.settledAfter(at("00:59:00").minusSeconds(86_400), DISASTER))
                .isEqualTo(at("00:59:00").minusSeconds(86_400));
    }

    private static History history(History.Event... events) {
        return new History(List.of(events), true);
    }

    private static History.Event put(String key, String time) {
        return new History.Event(
                new StoredObject("primary", "acme", key, 1, "etag", Optional.of(time), at(time)), false, true);
    }

    private static History.Event delete(String key, String time) {
        return new History.Event(
                new StoredObject("primary", "acme", key, 0, "", Optional.of(time), at(time)), true, true);
    }

    private static Instant at(String time) {
        return Instant.parse("2026-11-20T" + time + "Z");
    }
}
