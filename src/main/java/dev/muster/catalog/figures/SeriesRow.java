package dev.muster.catalog.figures;

import dev.muster.drill.Stage;
import dev.muster.drill.Verdict;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.Update;

/** How a drill of a series lies in its tables, what it measured aside. */
final class SeriesRow {
    private SeriesRow() {}

    static void write(Handle handle, DrillFigures figures) {
        String drill = figures.outcome().drill();
        Update update = handle.createUpdate("update drill set runbook_sha256 = :sha256, bytes = :bytes,"
                        + " machine = :machine, backups_tried = :tried, backups_restored = :restored,"
                        + " checks_passed = :checks_passed, checks_failed = :checks_failed,"
                        + " checks_could_not_run = :checks_could_not_run, checks_aborted = :checks_aborted,"
                        + " detection = :detection where id = :drill")
                .bind("drill", drill)
                .bindBySqlType("sha256", figures.outcome().runbookSha256().orElse(null), Types.VARCHAR)
                .bindBySqlType(
                        "bytes", figures.bytes().isPresent() ? figures.bytes().getAsLong() : null, Types.BIGINT)
                .bindBySqlType("machine", figures.machine().orElse(null), Types.VARCHAR)
                .bind("tried", figures.backupsTried())
                .bind("restored", figures.backupsRestored())
                .bindBySqlType(
                        "detection",
                        figures.detection().isPresent()
                                ? BigDecimal.valueOf(figures.detection().getAsDouble())
                                : null,
                        Types.NUMERIC);
        for (Verdict verdict : Verdict.values()) {
            update.bind(column(verdict), figures.checks().getOrDefault(verdict, 0));
        }
        update.execute();
        PreparedBatch stages = handle.prepareBatch(
                "insert into drill_stage (drill, stage, seconds) values (:drill, :stage, :seconds)");
        figures.stages()
                .forEach((stage, took) -> stages.bind("drill", drill)
                        .bind("stage", stage.name())
                        .bind("seconds", FigureRow.seconds(took))
                        .add());
        if (!figures.stages().isEmpty()) {
            stages.execute();
        }
    }

    static DrillFigures read(ResultSet row, StatementContext context) throws SQLException {
        BigDecimal detection = row.getBigDecimal("detection");
        BigDecimal bytes = row.getBigDecimal("bytes");
        return new DrillFigures(
                OutcomeRow.read(row, context),
                Measured.NOTHING,
                Map.of(),
                bytes == null ? OptionalLong.empty() : OptionalLong.of(bytes.longValueExact()),
                Optional.ofNullable(row.getString("machine")),
                row.getObject("disaster", OffsetDateTime.class).toInstant(),
                row.getInt("backups_tried"),
                row.getInt("backups_restored"),
                checks(row),
                detection == null ? OptionalDouble.empty() : OptionalDouble.of(detection.doubleValue()));
    }

    private static Map<Verdict, Integer> checks(ResultSet row) throws SQLException {
        Map<Verdict, Integer> checks = new EnumMap<>(Verdict.class);
        for (Verdict verdict : Verdict.values()) {
            int counted = row.getInt(column(verdict));
            if (counted > 0) {
                checks.put(verdict, counted);
            }
        }
        return checks;
    }

    private static String column(Verdict verdict) {
        return "checks_" + verdict.name().toLowerCase(Locale.ROOT);
    }

    /** How long a stage of a drill took. */
    record Took(String drill, Stage stage, Duration time) {
        static Took read(ResultSet row, StatementContext context) throws SQLException {
            return new Took(
                    row.getString("drill"),
                    Stage.valueOf(row.getString("stage")),
                    OutcomeRow.duration(row, "seconds").orElseThrow());
        }
    }
}
