package dev.muster.orchestrator.written;

import dev.muster.catalog.figures.DrillFigures;
import dev.muster.catalog.figures.Measured;
import dev.muster.catalog.figures.Outcome;
import dev.muster.drill.DrillSummary;
import dev.muster.drill.Figure;
import dev.muster.drill.ProcessFigures;
import dev.muster.drill.Proof;
import dev.muster.drill.Stage;
import dev.muster.drill.Verdict;
import dev.muster.evidence.record.WrittenRecord;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A drill as its record has it, in the forms of the catalog. Figures come from the record alone, at the end of a drill as
 * much as years later, so that both times they are the same.
 *
 * @param runbook its name, which could be masked in the record
 * @param system its name, which could be masked in the record
 */
public record WrittenDrill(WrittenRecord record, String runbook, String system) {

    /** A drill of which only the record is left. */
    public static WrittenDrill of(WrittenRecord record) {
        return new WrittenDrill(record, record.runbook().path("name").asString(""), record.system());
    }

    /** How a line of history says it. */
    public DrillSummary summary(Optional<String> bundle) {
        return new DrillSummary(
                record.drill(),
                runbook,
                system,
                instant(record.ran().path("planned")),
                Optional.of(instant(record.ran().path("started"))),
                Optional.of(finished()),
                Optional.of(verdict()),
                instant(record.recoveryPoint().path("disaster")),
                seconds(record.measurements().path("rpo").path("achievedSeconds")),
                seconds(record.measurements().path("rto").path("achievedSeconds")),
                inOneLine(),
                bundle);
    }

    private Instant finished() {
        return instant(record.ran().path("finished"));
    }

    private Verdict verdict() {
        return Verdict.valueOf(record.verdict());
    }

    private String inOneLine() {
        return Stream.concat(
                        record.problems().valueStream(),
                        record.checks().stream().map(check -> check.path("problem")))
                .filter(JsonNode::isObject)
                .map(problem -> problem.path("what").asString(""))
                .findFirst()
                .orElseGet(() -> record.checks().size() + " checks passed");
    }

    /** What series are made of. */
    public DrillFigures figures() {
        Backups backups = Backups.of(record);
        return new DrillFigures(
                new Outcome(
                        record.drill(),
                        runbook,
                        system,
                        finished(),
                        verdict(),
                        seconds(record.measurements().path("rpo").path("achievedSeconds")),
                        seconds(record.measurements().path("rto").path("achievedSeconds")),
                        text(record.runbook().path("sha256"))),
                measured(),
                stages(),
                bytes(),
                Machine.of(record.environment()),
                instant(record.recoveryPoint().path("disaster")),
                backups.tried(),
                backups.restored(),
                checks(),
                detection());
    }

    private Measured measured() {
        Map<String, ProcessFigures> processes = new LinkedHashMap<>();
        record.measurements()
                .path("processes")
                .properties()
                .forEach(process -> processes.put(process.getKey(), figures(process.getValue())));
        return new Measured(Optional.of(figures(record.measurements())), processes);
    }

    private static ProcessFigures figures(JsonNode both) {
        return new ProcessFigures(figure(both.path("rpo")), figure(both.path("rto")));
    }

    private static Figure figure(JsonNode figure) {
        return new Figure(
                seconds(figure.path("targetSeconds")),
                seconds(figure.path("achievedSeconds")),
                figure.path("formula").asString(""),
                Map.of());
    }

    private Map<Stage, Duration> stages() {
        Map<Stage, Duration> stages = new EnumMap<>(Stage.class);
        record.ran()
                .path("stages")
                .forEach(stage -> seconds(stage.path("actualSeconds"))
                        .ifPresent(took -> stages.put(
                                Stage.valueOf(stage.path("stage").asString("").toUpperCase(Locale.ROOT)), took)));
        return stages;
    }

    /** A drill that read nothing has not shown how much there is. */
    private OptionalLong bytes() {
        return record.objectsRead().isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(record.objectsRead()
                        .valueStream()
                        .mapToLong(object -> object.path("bytes").asLong(0))
                        .sum());
    }

    private Map<Verdict, Integer> checks() {
        Map<Verdict, Integer> checks = new EnumMap<>(Verdict.class);
        record.checks()
                .forEach(check ->
                        checks.merge(Verdict.valueOf(check.path("verdict").asString("")), 1, Integer::sum));
        return checks;
    }

    /** The score of {@link Proof#score}. */
    private OptionalDouble detection() {
        JsonNode score = record.detection().path("score");
        return score.isNumber() ? OptionalDouble.of(score.doubleValue()) : OptionalDouble.empty();
    }

    private static Optional<String> text(JsonNode node) {
        return node.isString() ? Optional.of(node.stringValue()) : Optional.empty();
    }

    private static Instant instant(JsonNode node) {
        return Instant.parse(node.asString(""));
    }

    private static Optional<Duration> seconds(JsonNode node) {
        return node.isNumber() ? Optional.of(duration(node.decimalValue())) : Optional.empty();
    }

    private static Duration duration(BigDecimal seconds) {
        return Duration.ofMillis(seconds.movePointRight(3).longValueExact());
    }
}
