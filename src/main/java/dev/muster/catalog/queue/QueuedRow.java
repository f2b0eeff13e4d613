package dev.muster.catalog.queue;

import dev.muster.drill.DrillRequest;
import dev.muster.drill.QueuedDrill;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** How a drill of the queue lies in its table. */
final class QueuedRow {
    static final String SELECT = "select drill, runbook, system, slot, attempt, asked, asked_by, cause, wish, state,"
            + " approved_by, process, started, waits_for, stop from queued";

    private QueuedRow() {}

    static void insert(Handle handle, QueuedDrill drill, Optional<String> key, Optional<Instant> notBefore) {
        handle.createUpdate("insert into queued (drill, runbook, system, slot, attempt, asked, asked_by, asked_once,"
                        + " cause, wish, state, not_before, approved_by) values (:drill, :runbook, :system, :slot, :attempt, :asked,"
                        + " :by, :key, :cause, :wish, :state, :notBefore, :approved)")
                .bind("drill", drill.drill())
                .bind("runbook", drill.runbook())
                .bind("system", drill.system())
                .bindBySqlType("slot", utc(drill.slot()), Types.TIMESTAMP_WITH_TIMEZONE)
                .bind("attempt", drill.attempt())
                .bind("asked", utc(drill.askedAt()))
                .bind("by", drill.askedBy())
                .bind("key", key.orElse(null))
                .bind("cause", drill.trigger().name())
                .bind("wish", WrittenJson.of(drill.wish()))
                .bind("state", drill.state().name())
                .bindBySqlType("notBefore", utc(notBefore), Types.TIMESTAMP_WITH_TIMEZONE)
                .bind("approved", drill.approvedBy().orElse(null))
                .execute();
    }

    static QueuedDrill read(ResultSet row, StatementContext context) throws SQLException {
        return new QueuedDrill(
                row.getString("drill"),
                row.getString("runbook"),
                row.getString("system"),
                instant(row, "slot"),
                row.getInt("attempt"),
                row.getObject("asked", OffsetDateTime.class).toInstant(),
                row.getString("asked_by"),
                DrillRequest.Trigger.valueOf(row.getString("cause")),
                WrittenJson.wish(row.getString("wish")),
                QueuedDrill.State.valueOf(row.getString("state")),
                Optional.ofNullable(row.getString("approved_by")),
                Optional.ofNullable(row.getString("process")),
                instant(row, "started"),
                Optional.ofNullable(row.getString("waits_for")),
                Optional.ofNullable(row.getString("stop")));
    }

    static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static @Nullable OffsetDateTime utc(Optional<Instant> instant) {
        return instant.map(QueuedRow::utc).orElse(null);
    }
}
