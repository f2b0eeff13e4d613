package dev.muster.evidence.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import dev.muster.evidence.record.WrittenRecord;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class WaterfallTest {
    private static WrittenRecord document(String disaster, String target, String... entries) {
        String text = "{\"scenario\":{\"disaster\":\"" + disaster + "\"},\"measurements\":{\"rto\":{\"targetSeconds\":"
                + target + "}},\"timeline\":{\"entries\":[" + String.join(",", entries) + "]}}";
        return new WrittenRecord(JsonMapper.shared().readTree(text));
    }

    private static Map<String, Object> waterfall(WrittenRecord record) {
        return Waterfall.of(record, new LocalWriting(Presentation.USUAL));
    }

    private static String entry(String work, String started, String finished) {
        return "{\"stage\":\"restore\",\"work\":\"" + work + "\",\"started\":\"2026-11-01T" + started
                + "Z\",\"finished\":\"2026-11-01T" + finished + "Z\"}";
    }

    @Test
    void draws_work_where_it_happened_and_the_target_where_it_falls() {
        Map<String, Object> waterfall = waterfall(document(
                "2026-11-01T03:00:00Z",
                "60.000",
                entry("database", "03:00:00", "03:00:20"),
                entry("filestore", "03:00:20", "03:00:40")));

        // Sixty seconds and a margin fill 600 units from 270 on.
        assertThat(waterfall.get("rows"))
                .asInstanceOf(LIST)
                .extracting("x", "width")
                .containsExactly(tuple(270.0, 192.3), tuple(462.3, 192.3));
        assertThat(waterfall).containsEntry("target", 846.9).doesNotContainKey("targetOutside");
    }

    @Test
    void names_the_stage_of_a_piece_of_work_once() {
        assertThat(waterfall(document(
                                "2026-11-01T03:00:00Z",
                                "60.000",
                                entry("restore: database", "03:00:00", "03:00:20"),
                                entry("unpack", "03:00:20", "03:00:40")))
                        .get("rows"))
                .asInstanceOf(LIST)
                .extracting("label")
                .containsExactly("restore: database", "restore: unpack");
    }

    @Test
    void says_that_a_far_target_lies_outside() {
        assertThat(waterfall(document("2026-11-01T03:00:00Z", "14400.000", entry("database", "03:00:00", "03:00:20"))))
                .containsEntry("targetOutside", "4 h")
                .doesNotContainKey("target");
    }

    @Test
    void a_disaster_long_before_the_drill_does_not_squeeze_the_work() {
        assertThat(waterfall(document("2026-10-01T03:00:00Z", "null", entry("database", "03:00:00", "03:00:20"))))
                .containsEntry("zero", "2026-11-01 03:00:00 UTC")
                .doesNotContainKeys("target", "targetOutside");
    }

    @Test
    void a_drill_without_any_work_has_no_rows() {
        assertThat(waterfall(document("2026-11-01T03:00:00Z", "60.0"))).containsEntry("rows", List.of());
    }
}
