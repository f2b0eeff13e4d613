package dev.muster.evidence.record;

import dev.muster.drill.CheckResult;
import dev.muster.drill.DrillRecord;
import dev.muster.drill.Figure;
import dev.muster.drill.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the drill comes to: verdict, objectives against what was achieved, and what the record does not show. */
final class VerdictSection {
    private VerdictSection() {}

    static Section of(DrillRecord record, boolean demonstration) {
        List<Section> objectives = new ArrayList<>();
        objectives.add(objective(null, "rpo", record.rpo()));
        objectives.add(objective(null, "rto", record.rto()));
        record.processes().forEach((process, figures) -> {
            objectives.add(objective(process, "rpo", figures.rpo()));
            objectives.add(objective(process, "rto", figures.rto()));
        });
        return new Section()
                .with("verdict", record.verdict().name())
                .with("objectives", objectives)
                .with(
                        "checks",
                        new Section()
                                .with("total", record.checks().size())
                                .with("passed", count(record.checks(), Verdict.PASSED))
                                .with("failed", count(record.checks(), Verdict.FAILED))
                                .with("couldNotRun", count(record.checks(), Verdict.COULD_NOT_RUN))
                                .with("aborted", count(record.checks(), Verdict.ABORTED)))
                .with("doesNotShow", NotShown.of(record, demonstration));
    }

    private static Section objective(@Nullable String process, String objective, Figure figure) {
        return new Section()
                .with("process", process)
                .with("objective", objective)
                .with("targetSeconds", figure.target())
                .with("achievedSeconds", figure.achieved())
                .with("met", figure.met());
    }

    private static long count(List<CheckResult> checks, Verdict verdict) {
        return checks.stream().filter(check -> check.verdict() == verdict).count();
    }
}
