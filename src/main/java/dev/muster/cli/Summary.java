package dev.muster.cli;

import dev.muster.drill.CheckResult;
import dev.muster.drill.DrillRecord;
import dev.muster.drill.Figure;
import dev.muster.drill.Finding;
import dev.muster.drill.Problem;
import dev.muster.drill.Verdict;
import dev.muster.orchestrator.Conclusion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The end of a drill on one screen: verdict, figures against targets, what failed and what to do. */
final class Summary {
    private static final int MOST_PROBLEMS = 6;

    private Summary() {}

    /**
     * @param trust the folder with the keys that verify the bundle
     */
    static void print(Conclusion conclusion, Path trust, Terminal terminal) {
        lines(conclusion, trust, terminal).forEach(terminal.out()::println);
    }

    private static List<String> lines(Conclusion conclusion, Path trust, Terminal terminal) {
        DrillRecord record = conclusion.record();
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(terminal.bold(Words.verdict(record.verdict())) + "  "
                + record.request().runbook().title());
        lines.add(record.drill() + ", disaster at "
                + Words.instant(record.request().disaster()));
        lines.add("");
        lines.addAll(figures(record));
        lines.add("");
        lines.add(checks(record));
        lines.addAll(problems(conclusion));
        lines.add("");
        lines.add("scratch  "
                + record.teardown()
                        .map(receipt -> receipt.removed()
                                ? "removed"
                                : "LEFT BEHIND: muster scratch remove " + receipt.scratch())
                        .orElse(
                                record.environment().containsKey("scratch kept until")
                                        ? "kept until " + record.environment().get("scratch kept until") + "\n"
                                                + record.environment().getOrDefault("how to reach it", "")
                                        : "none was opened"));
        conclusion.report().ifPresent(report -> lines.add("report   " + report));
        conclusion.bundle().ifPresent(bundle -> {
            lines.add("bundle   " + bundle);
            lines.add("verify   muster verify " + bundle + " --trust " + trust);
            lines.add("         or without Muster, as README-VERIFY.txt in the bundle says");
        });
        return lines;
    }

    private static List<String> figures(DrillRecord record) {
        Table table = new Table("process", "RPO target", "achieved", "", "RTO target", "achieved", "");
        record.processes().forEach((name, figures) -> row(table, name, figures.rpo(), figures.rto()));
        row(table, "whole system", record.rpo(), record.rto());
        return table.lines();
    }

    private static void row(Table table, String name, Figure rpo, Figure rto) {
        table.row(
                name,
                Words.duration(rpo.target()),
                Words.duration(rpo.achieved()),
                met(rpo),
                Words.duration(rto.target()),
                Words.duration(rto.achieved()),
                met(rto));
    }

    private static String met(Figure figure) {
        return figure.met().map(met -> met ? "met" : "MISSED").orElse("unknown");
    }

    private static String checks(DrillRecord record) {
        Map<Verdict, Long> counts = new LinkedHashMap<>();
        record.checks().forEach(check -> counts.merge(check.verdict(), 1L, Long::sum));
        return "checks   " + counts.getOrDefault(Verdict.PASSED, 0L) + " passed, "
                + counts.getOrDefault(Verdict.FAILED, 0L) + " failed, "
                + counts.getOrDefault(Verdict.COULD_NOT_RUN, 0L) + " could not run";
    }

    private static List<String> problems(Conclusion conclusion) {
        DrillRecord record = conclusion.record();
        List<String> lines = new ArrayList<>();
        conclusion.troubles().forEach(problem -> lines.add(line("EVIDENCE", problem)));
        record.problems().forEach(problem -> lines.add(line(Words.verdict(record.verdict()), problem)));
        for (Verdict verdict : List.of(Verdict.FAILED, Verdict.COULD_NOT_RUN)) {
            for (CheckResult check : record.checks()) {
                if (check.verdict() == verdict) {
                    check.problem()
                            .ifPresent(
                                    problem -> lines.add(line(Words.verdict(verdict) + " " + check.name(), problem)));
                }
            }
        }
        record.findings().stream()
                .filter(finding -> finding.severity() != Finding.Severity.NOTE)
                .forEach(finding -> lines.add(line("finding", finding.problem())));
        int more = lines.size() - MOST_PROBLEMS;
        if (more > 0) {
            lines.subList(MOST_PROBLEMS, lines.size()).clear();
            lines.add("... and " + more + " more in the report");
        }
        return lines;
    }

    private static String line(String kind, Problem problem) {
        return kind + ": " + problem;
    }
}
