package dev.muster.catalog.figures;

import dev.muster.drill.Verdict;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/** How the end of a drill lies in its table. */
final class OutcomeRow {
    private OutcomeRow() {}

    static Outcome read(ResultSet row, StatementContext context) throws SQLException {
        OffsetDateTime finished = row.getObject("finished", OffsetDateTime.class);
        return new Outcome(
                row.getString("id"),
                row.getString("runbook"),
                row.getString("system"),
                (finished == null ? row.getObject("planned", OffsetDateTime.class) : finished).toInstant(),
                Verdict.valueOf(row.getString("verdict")),
                duration(row, "rpo_seconds"),
                duration(row, "rto_seconds"),
                Optional.ofNullable(row.getString("runbook_sha256")));
    }

    static Optional<Duration> duration(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getBigDecimal(column))
                .map(seconds -> Duration.ofSeconds(
                        seconds.longValue(),
                        seconds.remainder(BigDecimal.ONE).movePointRight(9).longValue()));
    }
}
