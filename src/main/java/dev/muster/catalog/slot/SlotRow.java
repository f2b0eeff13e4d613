package dev.muster.catalog.slot;

import dev.muster.drill.PlannedSlot;
import dev.muster.drill.Slot;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;

/** How a slot lies in its table. */
final class SlotRow {
    static final String SELECT = "select runbook, due, system, starts, state, forbidden, why, drill from slot";

    private SlotRow() {}

    static Slot slot(ResultSet row, StatementContext context) throws SQLException {
        return new Slot(
                row.getString("runbook"),
                row.getString("system"),
                instant(row, "due"),
                Slot.State.valueOf(row.getString("state")),
                Optional.ofNullable(row.getString("why")).or(() -> forbidden(row)),
                Optional.ofNullable(row.getString("drill")));
    }

    private static Optional<String> forbidden(ResultSet row) {
        try {
            return Optional.ofNullable(row.getString("forbidden"));
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    static PlannedSlot planned(ResultSet row, StatementContext context) throws SQLException {
        return new PlannedSlot(
                row.getString("runbook"),
                row.getString("system"),
                instant(row, "due"),
                instant(row, "starts"),
                Optional.ofNullable(row.getString("forbidden")));
    }

    static void insert(Handle handle, List<PlannedSlot> slots, Instant now) {
        if (slots.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("insert into slot (runbook, due, system, starts, state, forbidden,"
                + " make_up, changed, noted) values (:runbook, :due, :system, :starts, 'COMING', :forbidden, false,"
                + " :changed, false)");
        slots.forEach(slot -> batch.bind("runbook", slot.runbook())
                .bind("due", utc(slot.due()))
                .bind("system", slot.system())
                .bind("starts", utc(slot.starts()))
                .bindBySqlType("forbidden", slot.forbidden().orElse(null), java.sql.Types.VARCHAR)
                .bind("changed", utc(now))
                .add());
        batch.execute();
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
