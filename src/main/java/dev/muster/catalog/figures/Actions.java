package dev.muster.catalog.figures;

import dev.muster.catalog.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;

/** What is done, and was done, about the findings of all drills: a copy of what lies signed beside their bundles. */
public final class Actions {
    private final Store store;

    public Actions(Store store) {
        this.store = store;
    }

    /** Open and closed ones, in the order in which they began. */
    public List<Action> all() {
        return store.work(handle -> handle.createQuery("select a.*, d.system from drill_action a"
                        + " join drill d on d.id = a.drill order by a.opened, a.drill, a.id")
                .map(Actions::read)
                .list());
    }

    /** Keeps those of one drill, in place of what was known of it; the catalog knows the drill already. */
    public void remember(String drill, List<Action> actions) {
        store.together(handle -> {
            handle.createUpdate("delete from drill_action where drill = :drill")
                    .bind("drill", drill)
                    .execute();
            PreparedBatch batch = handle.prepareBatch("insert into drill_action (drill, id, what, owner, opened, due,"
                    + " closed) values (:drill, :id, :what, :owner, :opened, :due, :closed)");
            actions.forEach(action -> batch.bind("drill", drill)
                    .bind("id", action.id())
                    .bind("what", action.what())
                    .bindBySqlType("owner", action.owner().orElse(null), Types.VARCHAR)
                    .bind("opened", action.opened().atOffset(ZoneOffset.UTC))
                    .bindBySqlType("due", action.due().orElse(null), Types.DATE)
                    .bindBySqlType(
                            "closed",
                            action.closed()
                                    .map(at -> at.atOffset(ZoneOffset.UTC))
                                    .orElse(null),
                            Types.TIMESTAMP_WITH_TIMEZONE)
                    .add());
            if (!actions.isEmpty()) {
                batch.execute();
            }
            return drill;
        });
    }

    private static Action read(ResultSet row, StatementContext context) throws SQLException {
        return new Action(
                row.getString("drill"),
                row.getString("system"),
                row.getString("id"),
                row.getString("what"),
                Optional.ofNullable(row.getString("owner")),
                instant(row, "opened").orElseThrow(),
                Optional.ofNullable(row.getObject("due", LocalDate.class)),
                instant(row, "closed"));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
