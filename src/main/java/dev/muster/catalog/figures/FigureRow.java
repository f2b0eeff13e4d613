package dev.muster.catalog.figures;

import dev.muster.drill.Figure;
import dev.muster.drill.ProcessFigures;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** How the figures of a process lie in their table. */
record FigureRow(String drill, String name, ProcessFigures figures) {
    static final String INSERT = "insert into drill_process (drill, name, rpo_target, rpo_seconds, rpo_formula,"
            + " rto_target, rto_seconds, rto_formula) values (:drill, :name, :rpo_target, :rpo_seconds, :rpo_formula,"
            + " :rto_target, :rto_seconds, :rto_formula)";

    static void add(PreparedBatch batch, String drill, String name, ProcessFigures figures) {
        batch.bind("drill", drill).bind("name", name);
        bind(batch, "rpo", figures.rpo());
        bind(batch, "rto", figures.rto());
        batch.add();
    }

    private static void bind(PreparedBatch batch, String which, Figure figure) {
        batch.bindBySqlType(which + "_target", seconds(figure.target()), Types.NUMERIC)
                .bindBySqlType(which + "_seconds", seconds(figure.achieved()), Types.NUMERIC)
                .bind(which + "_formula", figure.formula());
    }

    private static @Nullable BigDecimal seconds(Optional<Duration> duration) {
        return duration.map(FigureRow::seconds).orElse(null);
    }

    static BigDecimal seconds(Duration duration) {
        return BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), 9));
    }

    static FigureRow read(ResultSet row, StatementContext context) throws SQLException {
        return new FigureRow(
                row.getString("drill"),
                row.getString("name"),
                new ProcessFigures(figure(row, "rpo"), figure(row, "rto")));
    }

    /** What each drill measured, from the rows of all of them. */
    static Map<String, Measured> byDrill(List<FigureRow> rows) {
        Map<String, Map<String, ProcessFigures>> byDrill = new HashMap<>();
        rows.forEach(row -> byDrill.computeIfAbsent(row.drill(), drill -> new LinkedHashMap<>())
                .put(row.name(), row.figures()));
        Map<String, Measured> measured = new HashMap<>();
        byDrill.forEach((drill, figures) ->
                measured.put(drill, new Measured(Optional.ofNullable(figures.remove("")), figures)));
        return measured;
    }

    private static Figure figure(ResultSet row, String which) throws SQLException {
        return new Figure(
                OutcomeRow.duration(row, which + "_target"),
                OutcomeRow.duration(row, which + "_seconds"),
                row.getString(which + "_formula"),
                Map.of());
    }
}
