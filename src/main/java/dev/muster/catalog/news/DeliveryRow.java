package dev.muster.catalog.news;

import dev.muster.drill.News;
import dev.muster.drill.Problem;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.Update;

/** How news, their deliveries and the attempts at them lie in their tables. */
final class DeliveryRow {
    static final String SELECT =
            "select n.*, d.receiver, d.state, d.written, d.due, d.attempts, a.tried, a.took_seconds,"
                    + " a.answer, a.problem_what as failed_what, a.problem_where as failed_where,"
                    + " a.problem_remedy as failed_remedy from delivery d join news n on n.id = d.news left join"
                    + " delivery_attempt a on a.news = d.news and a.receiver = d.receiver and a.number = d.attempts";

    private static final int NANOS = 9;

    private DeliveryRow() {}

    static Delivery read(ResultSet row, StatementContext context) throws SQLException {
        return new Delivery(
                row.getString("id"),
                new News(
                        News.Kind.valueOf(row.getString("kind")),
                        row.getString("subject"),
                        Optional.ofNullable(row.getString("system")),
                        Optional.ofNullable(row.getString("drill")),
                        instant(row, "happened"),
                        row.getString("what"),
                        problem(row, "problem")),
                row.getString("receiver"),
                Delivery.State.valueOf(row.getString("state")),
                instant(row, "written"),
                instant(row, "due"),
                row.getInt("attempts"),
                attempt(row));
    }

    private static Optional<Attempt> attempt(ResultSet row) throws SQLException {
        BigDecimal took = row.getBigDecimal("took_seconds");
        return took == null
                ? Optional.empty()
                : Optional.of(new Attempt(
                        instant(row, "tried"),
                        Duration.ofNanos(took.movePointRight(NANOS).longValue()),
                        row.getString("answer"),
                        problem(row, "failed")));
    }

    private static Optional<Problem> problem(ResultSet row, String prefix) throws SQLException {
        String what = row.getString(prefix + "_what");
        return what == null
                ? Optional.empty()
                : Optional.of(new Problem(what, row.getString(prefix + "_where"), row.getString(prefix + "_remedy")));
    }

    static void insert(Handle handle, String id, News news) {
        bind(
                        handle.createUpdate("insert into news (id, kind, subject, system, drill, happened, what,"
                                + " problem_what, problem_where, problem_remedy) values (:id, :kind, :subject, :system,"
                                + " :drill, :happened, :what, :problemWhat, :problemWhere, :problemRemedy)"),
                        news.problem())
                .bind("id", id)
                .bind("kind", news.kind().name())
                .bind("subject", news.subject())
                .bind("system", news.system().orElse(null))
                .bind("drill", news.drill().orElse(null))
                .bind("happened", utc(news.at()))
                .bind("what", news.what())
                .execute();
    }

    static void insert(Handle handle, String id, String receiver, int number, Attempt attempt) {
        bind(
                        handle.createUpdate("insert into delivery_attempt (news, receiver, number, tried, took_seconds,"
                                + " answer, problem_what, problem_where, problem_remedy) values (:news, :receiver,"
                                + " :number, :tried, :took, :answer, :problemWhat, :problemWhere, :problemRemedy)"),
                        attempt.problem())
                .bind("news", id)
                .bind("receiver", receiver)
                .bind("number", number)
                .bind("tried", utc(attempt.at()))
                .bind("took", BigDecimal.valueOf(attempt.took().toNanos(), NANOS))
                .bind("answer", attempt.answer())
                .execute();
    }

    private static Update bind(Update update, Optional<Problem> problem) {
        return update.bind("problemWhat", problem.map(Problem::what).orElse(null))
                .bind("problemWhere", problem.map(Problem::where).orElse(null))
                .bind("problemRemedy", problem.map(Problem::remedy).orElse(null));
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
