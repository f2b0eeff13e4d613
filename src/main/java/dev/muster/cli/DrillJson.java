package dev.muster.cli;

import dev.muster.drill.Attempt;
import dev.muster.drill.CheckResult;
import dev.muster.drill.DrillRecord;
import dev.muster.drill.Figure;
import dev.muster.drill.Problem;
import dev.muster.drill.TeardownReceipt;
import dev.muster.orchestrator.Conclusion;
import dev.muster.orchestrator.document.Documents;
import java.util.Optional;

/** A concluded drill as {@code --json} prints it. */
final class DrillJson {
    private DrillJson() {}

    static Json of(Conclusion conclusion) {
        DrillRecord record = conclusion.record();
        Json processes = new Json();
        record.processes()
                .forEach((name, figures) -> processes.with(
                        name, new Json().with("rpo", figure(figures.rpo())).with("rto", figure(figures.rto()))));
        return new Json()
                .with("drill", record.drill())
                .with("verdict", record.verdict().name())
                .with("runbook", record.request().runbook().name())
                .with("disaster", record.request().disaster())
                .with("rpo", figure(record.rpo()))
                .with("rto", figure(record.rto()))
                .with("effectiveRpo", record.effectiveRpo().map(DrillJson::figure))
                .with("attempts", Json.list(record.attempts(), DrillJson::attempt))
                .with("skewSeconds", record.skew())
                .with("processes", processes)
                .with("checks", Json.list(record.checks(), DrillJson::check))
                .with("problems", Json.list(record.problems(), DrillJson::problem))
                .with(
                        "findings",
                        Json.list(
                                record.findings(),
                                finding -> problem(finding.problem())
                                        .with("severity", finding.severity().name())))
                .with(
                        "scratch",
                        new Json()
                                .with(
                                        "removed",
                                        record.teardown()
                                                .map(TeardownReceipt::removed)
                                                .orElse(record.request().keep().isEmpty()))
                                .with(
                                        "keptUntil",
                                        Optional.ofNullable(record.environment().get("scratch kept until"))))
                .with("bundle", conclusion.bundle())
                .with("report", conclusion.report())
                .with("troubles", Json.list(conclusion.troubles(), DrillJson::problem));
    }

    private static Json attempt(Attempt attempt) {
        return new Json()
                .with("number", attempt.number())
                .with("asset", attempt.asset().label())
                .with("object", attempt.failed().map(backup -> backup.object().address()))
                .with(
                        "claimed",
                        attempt.failed().flatMap(backup -> backup.claimed().at()))
                .with("problem", problem(attempt.problem()))
                .with("checks", Json.list(attempt.checks(), DrillJson::check));
    }

    static Json problem(Problem problem) {
        return Json.of(Documents.problem(problem));
    }

    private static Json figure(Figure figure) {
        return new Json()
                .with("targetSeconds", figure.target())
                .with("achievedSeconds", figure.achieved())
                .with("met", figure.met())
                .with("formula", figure.formula());
    }

    private static Json check(CheckResult check) {
        return new Json()
                .with("name", check.name())
                .with("step", check.step())
                .with("verdict", check.verdict().name())
                .with("observations", check.observations())
                .with("problem", check.problem().map(DrillJson::problem));
    }
}
