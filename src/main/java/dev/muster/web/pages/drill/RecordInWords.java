package dev.muster.web.pages.drill;

import dev.muster.drill.Figure;
import dev.muster.evidence.record.WrittenRecord;
import dev.muster.web.pages.Words;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What the signed record of a drill says, as its page shows it: figures against targets, and checks. */
final class RecordInWords {
    private final Words words;

    RecordInWords(Words words) {
        this.words = words;
    }

    Map<String, Object> of(WrittenRecord record) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("figures", figures(record.measurements()));
        List<Map<String, Object>> checks =
                record.checks().stream().map(RecordInWords::check).toList();
        said.put("failing", checks.stream().filter(check -> !passed(check)).toList());
        said.put("passed", checks.stream().filter(RecordInWords::passed).toList());
        said.put("problems", each(record.document().path("findings").path("problems")));
        said.put("doesNotShow", record.doesNotShow());
        return said;
    }

    private List<Map<String, Object>> figures(JsonNode measured) {
        List<Map<String, Object>> rows = new ArrayList<>();
        if (measured.has("rpo")) {
            rows.add(row("The whole system", measured));
        }
        measured.path("processes").properties().forEach(process -> rows.add(row(process.getKey(), process.getValue())));
        return rows;
    }

    private Map<String, Object> row(String name, JsonNode both) {
        return Map.of(
                "name",
                name,
                "rpo",
                words.figure(figure(both.path("rpo"))),
                "rto",
                words.figure(figure(both.path("rto"))));
    }

    private static Figure figure(JsonNode written) {
        Map<String, String> inputs = new LinkedHashMap<>();
        written.path("inputs")
                .properties()
                .forEach(input -> inputs.put(input.getKey(), input.getValue().asString("")));
        return new Figure(
                seconds(written.path("targetSeconds")),
                seconds(written.path("achievedSeconds")),
                written.path("formula").asString(""),
                inputs);
    }

    private static Optional<Duration> seconds(JsonNode number) {
        return number.isNumber()
                ? Optional.of(Duration.ofMillis(
                        number.decimalValue().multiply(BigDecimal.valueOf(1000)).longValue()))
                : Optional.empty();
    }

    private static boolean passed(Map<String, Object> check) {
        return "PASSED".equals(check.get("verdict"));
    }

    private static Map<String, Object> check(JsonNode check) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", check.path("name").asString(""));
        row.put("verdict", check.path("verdict").asString(""));
        row.put("method", check.path("method").asString(""));
        if (check.path("problem").isObject()) {
            row.put("problem", problem(check.path("problem")));
        }
        return row;
    }

    private static List<Map<String, Object>> each(JsonNode problems) {
        return problems.valueStream().map(RecordInWords::problem).toList();
    }

    private static Map<String, Object> problem(JsonNode problem) {
        return Map.of(
                "what", problem.path("what").asString(""),
                "where", problem.path("where").asString(""),
                "remedy", problem.path("remedy").asString(""));
    }
}
