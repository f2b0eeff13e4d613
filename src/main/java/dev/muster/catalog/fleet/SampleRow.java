package dev.muster.catalog.fleet;

import dev.muster.drill.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;

/** How a sample lies in its tables. */
final class SampleRow {
    static final String SELECT = "select id, fleet, slot, made, seed, digest, basis, refused, duplicates, vanished,"
            + " problem from fleet_sample";

    private static final String BETWEEN = "\n";

    private SampleRow() {}

    static void insert(Handle handle, Sample sample) {
        handle.createUpdate("insert into fleet_sample (id, fleet, slot, made, seed, digest, basis, refused, duplicates,"
                        + " vanished, problem, settled) values (:id, :fleet, :slot, :made, :seed, :digest, :basis,"
                        + " :refused, :duplicates, :vanished, :problem, false)")
                .bind("id", sample.id())
                .bind("fleet", sample.fleet())
                .bind("slot", utc(sample.slot()))
                .bind("made", utc(sample.made()))
                .bind("seed", sample.seed())
                .bind("digest", sample.digest())
                .bind("basis", Packed.of(sample.basis()))
                .bind("refused", String.join(BETWEEN, sample.refused()))
                .bind("duplicates", sample.duplicates())
                .bind("vanished", String.join(BETWEEN, sample.vanished()))
                .bindBySqlType("problem", sample.problem().map(SampleRow::text).orElse(null), Types.VARCHAR)
                .execute();
        if (!sample.choices().isEmpty()) {
            PreparedBatch batch = handle.prepareBatch("insert into fleet_choice (sample, tenant, system, kind, weight,"
                    + " drill) values (:sample, :tenant, :system, :kind, :weight, :drill)");
            sample.choices()
                    .forEach(choice -> batch.bind("sample", sample.id())
                            .bind("tenant", choice.tenant())
                            .bind("system", choice.system())
                            .bind("kind", choice.kind().name())
                            .bind("weight", choice.weight())
                            .bind("drill", choice.drill())
                            .add());
            batch.execute();
        }
    }

    /** The sample without what was chosen. */
    static Sample read(ResultSet row, StatementContext context) throws SQLException {
        return new Sample(
                row.getString("id"),
                row.getString("fleet"),
                instant(row, "slot").orElseThrow(),
                instant(row, "made").orElseThrow(),
                row.getString("seed"),
                row.getString("digest"),
                Packed.text(row.getString("basis")),
                lines(row.getString("refused")),
                row.getInt("duplicates"),
                lines(row.getString("vanished")),
                List.of(),
                Optional.ofNullable(row.getString("problem")).map(SampleRow::problem));
    }

    static Sample with(Sample sample, List<Choice> choices) {
        return new Sample(
                sample.id(),
                sample.fleet(),
                sample.slot(),
                sample.made(),
                sample.seed(),
                sample.digest(),
                sample.basis(),
                sample.refused(),
                sample.duplicates(),
                sample.vanished(),
                choices,
                sample.problem());
    }

    static Choice choice(ResultSet row, StatementContext context) throws SQLException {
        return new Choice(
                row.getString("tenant"),
                row.getString("system"),
                Choice.Kind.valueOf(row.getString("kind")),
                row.getInt("weight"),
                row.getString("drill"));
    }

    private static String text(Problem problem) {
        return String.join(BETWEEN, problem.what(), problem.where(), problem.remedy());
    }

    private static Problem problem(String text) {
        String[] parts = text.split(BETWEEN, 3);
        return new Problem(parts[0], parts[1], parts[2]);
    }

    private static List<String> lines(String text) {
        return text.lines().toList();
    }

    static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
