package dev.muster.catalog;

import dev.muster.drill.DrillSummary;
import dev.muster.drill.Verdict;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** How a drill lies in its table. */
final class DrillRow {
    static final String SELECT = "select id, runbook, system, planned, started, finished, verdict, disaster,"
            + " rpo_seconds, rto_seconds, summary, bundle from drill";

    private DrillRow() {}

    static void insert(Handle handle, DrillSummary drill) {
        bound(
                        handle.createUpdate(
                                "insert into drill (id, runbook, system, planned, started, finished, verdict,"
                                        + " disaster, rpo_seconds, rto_seconds, summary, bundle) values (:id, :runbook, :system,"
                                        + " :planned, :started, :finished, :verdict, :disaster, :rpo, :rto, :summary, :bundle)"),
                        drill)
                .execute();
    }

    static int update(Handle handle, DrillSummary drill) {
        return bound(
                        handle.createUpdate("update drill set runbook = :runbook, system = :system, planned = :planned,"
                                + " started = :started, finished = :finished, verdict = :verdict, disaster = :disaster,"
                                + " rpo_seconds = :rpo, rto_seconds = :rto, summary = :summary, bundle = :bundle"
                                + " where id = :id"),
                        drill)
                .execute();
    }

    private static Update bound(Update statement, DrillSummary drill) {
        return statement
                .bind("id", drill.drill())
                .bind("runbook", drill.runbook())
                .bind("system", drill.system())
                .bind("planned", utc(drill.planned()))
                .bindBySqlType("started", orNull(drill.started().map(DrillRow::utc)), Types.TIMESTAMP_WITH_TIMEZONE)
                .bindBySqlType("finished", orNull(drill.finished().map(DrillRow::utc)), Types.TIMESTAMP_WITH_TIMEZONE)
                .bindBySqlType("verdict", orNull(drill.verdict().map(Verdict::name)), Types.VARCHAR)
                .bind("disaster", utc(drill.disaster()))
                .bindBySqlType("rpo", orNull(drill.rpo().map(DrillRow::seconds)), Types.NUMERIC)
                .bindBySqlType("rto", orNull(drill.rto().map(DrillRow::seconds)), Types.NUMERIC)
                .bind("summary", drill.summary())
                .bindBySqlType("bundle", orNull(drill.bundle()), Types.VARCHAR);
    }

    static DrillSummary read(ResultSet row, StatementContext context) throws SQLException {
        return new DrillSummary(
                row.getString("id"),
                row.getString("runbook"),
                row.getString("system"),
                row.getObject("planned", OffsetDateTime.class).toInstant(),
                instant(row, "started"),
                instant(row, "finished"),
                Optional.ofNullable(row.getString("verdict")).map(Verdict::valueOf),
                row.getObject("disaster", OffsetDateTime.class).toInstant(),
                duration(row, "rpo_seconds"),
                duration(row, "rto_seconds"),
                row.getString("summary"),
                Optional.ofNullable(row.getString("bundle")));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    private static BigDecimal seconds(Duration duration) {
        return BigDecimal.valueOf(duration.getSeconds())
                .add(BigDecimal.valueOf(duration.getNano(), 9))
                .setScale(3, RoundingMode.HALF_UP);
    }

    private static Optional<Duration> duration(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getBigDecimal(column))
                .map(seconds -> Duration.ofMillis(seconds.movePointRight(3)
                        .setScale(0, RoundingMode.HALF_UP)
                        .longValueExact()));
    }

    private static <T> @Nullable T orNull(Optional<T> value) {
        return value.orElse(null);
    }
}
