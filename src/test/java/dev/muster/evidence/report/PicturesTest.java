package dev.muster.evidence.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PicturesTest {
    private static final LocalWriting WRITING = new LocalWriting(Presentation.USUAL);

    private static JsonNode read(String json) {
        return JsonMapper.shared().readTree(json);
    }

    @Test
    void a_bar_that_ends_at_the_line_has_met_its_target() {
        Map<String, Object> bars = Bars.of(read("""
                        {"processes": {
                           "orders": {"rpo": {"targetSeconds": 900, "achievedSeconds": 900}},
                           "stock": {"rpo": {"targetSeconds": 900, "achievedSeconds": 9000}},
                           "mail": {"rpo": {"targetSeconds": null, "achievedSeconds": 9000}}},
                         "rpo": {"targetSeconds": 3600, "achievedSeconds": null}}
                        """), "rpo", WRITING);

        assertThat(bars.get("rows"))
                .asInstanceOf(LIST)
                .extracting("label", "state", "width", "text")
                .containsExactly(
                        tuple("orders", "met", 340.0, "15 min of 15 min"),
                        tuple("stock", "missed", 510.0, "2 h 30 min of 15 min"),
                        tuple("Whole system", "unmeasured", 0, "target 1 h"));
    }

    @Test
    void the_trend_has_the_last_twelve_drills_and_a_gap_where_nothing_was_measured() {
        StringBuilder drills = new StringBuilder();
        for (int day = 1; day <= 14; day++) {
            drills.append(day == 1 ? "" : ",")
                    .append("{\"ended\": \"2026-11-%02dT03:00:00Z\", \"verdict\": \"PASSED\", \"rpoSeconds\": %s}"
                            .formatted(day, day == 14 ? "null" : "" + 60 * day));
        }
        Map<String, Object> trend =
                Trend.of(read("{\"trend\": [" + drills + "], \"rpo\": {\"targetSeconds\": 600}}"), WRITING);

        assertThat(trend.get("drills"))
                .asInstanceOf(LIST)
                .hasSize(12)
                .extracting("day")
                .startsWith("2026-11-03");
        List<?> panels = (List<?>) trend.getOrDefault("panels", List.of());
        assertThat(panels.get(0)).asInstanceOf(MAP).containsEntry("title", "Recovery point, target 10 min dashed");
        List<?> columns = (List<?>) Objects.requireNonNullElse(((Map<?, ?>) panels.get(0)).get("columns"), List.of());
        assertThat(columns).hasSize(12);
        assertThat(columns.get(7)).asInstanceOf(MAP).containsEntry("over", false);
        assertThat(columns.get(8)).asInstanceOf(MAP).containsEntry("over", true);
        assertThat(columns.get(11)).asInstanceOf(MAP).doesNotContainKey("height");
    }

    @Test
    void the_matrix_names_escapes_and_leaves_out_what_was_not_made() {
        Map<String, Object> matrix = DetectionMatrix.of(read("""
                {"faults": [
                  {"name": "row-gone", "outcome": "CAUGHT", "caughtBy": ["keys", "counts"]},
                  {"name": "file-gone", "outcome": "ESCAPED", "caughtBy": []},
                  {"name": "no-such", "outcome": "NOT_APPLICABLE", "caughtBy": []}]}
                """));

        assertThat(matrix.get("columns")).asInstanceOf(LIST).extracting("label").containsExactly("keys", "counts");
        assertThat(matrix.get("rows"))
                .asInstanceOf(LIST)
                .extracting("label", "escaped")
                .containsExactly(tuple("row-gone", false), tuple("file-gone", true));
        assertThat(matrix).containsEntry("leftOut", 0);
    }
}
