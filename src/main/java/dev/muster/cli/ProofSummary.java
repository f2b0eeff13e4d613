package dev.muster.cli;

import dev.muster.drill.Detection;
import dev.muster.drill.Detection.Outcome;
import dev.muster.drill.DrillRecord;
import dev.muster.drill.Proof;
import dev.muster.drill.TeardownReceipt;
import dev.muster.orchestrator.Conclusion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The end of a proof on a screen: the escapes first, then which check caught which fault, then the score. */
final class ProofSummary {
    private static final int WHOLE = 100;

    private ProofSummary() {}

    /** @param trust the folder with the keys that verify the bundle */
    static List<String> lines(Conclusion conclusion, Path trust, Terminal terminal) {
        DrillRecord record = conclusion.record();
        List<String> lines = new ArrayList<>(List.of(
                "",
                terminal.bold(Words.verdict(record.verdict())) + "  "
                        + record.request().runbook().title(),
                record.drill() + ", disaster at "
                        + Words.instant(record.request().disaster()),
                ""));
        record.proof().ifPresent(proof -> lines.addAll(matrix(proof)));
        record.problems().forEach(problem -> lines.addAll(Wrapped.lines("problem: ", problem.toString())));
        conclusion.troubles().forEach(problem -> lines.addAll(Wrapped.lines("EVIDENCE: ", problem.toString())));
        lines.add("");
        lines.add("scratch  " + record.teardown().map(ProofSummary::removed).orElse("none was opened"));
        conclusion.report().ifPresent(report -> lines.add("report   " + report));
        conclusion.bundle().ifPresent(bundle -> {
            lines.add("bundle   " + bundle);
            lines.add("verify   muster verify " + bundle + " --trust " + trust);
        });
        return lines;
    }

    private static String removed(TeardownReceipt receipt) {
        return receipt.removed() ? "removed" : "LEFT BEHIND: muster scratch remove " + receipt.scratch();
    }

    private static List<String> matrix(Proof proof) {
        List<String> lines = new ArrayList<>();
        List<Detection> counted = proof.detections().stream()
                .filter(one -> one.outcome().counted())
                .toList();
        Table table = new Table("fault", "", "caught first by", "and by");
        counted.forEach(one -> table.row(
                one.fault().name(),
                word(one.outcome()),
                one.caughtBy().isEmpty() ? "" : one.caughtBy().get(0),
                others(one.caughtBy())));
        List<String> rows = table.lines();
        lines.add(rows.get(0));
        for (int i = 0; i < counted.size(); i++) {
            Detection one = counted.get(i);
            lines.add(rows.get(i + 1));
            if (!one.outcome().caught()) {
                lines.addAll(Wrapped.lines("    ", one.fault().sentence() + " " + one.made()));
                if (!one.reason().isEmpty()) {
                    lines.addAll(Wrapped.lines("    ", one.reason()));
                }
            }
        }
        lines.add("");
        proof.detections().stream()
                .filter(one -> !one.outcome().counted())
                .forEach(one -> lines.addAll(
                        Wrapped.lines("not applicable: ", one.fault().name() + ", because " + one.reason())));
        lines.add("control  " + Words.verdict(proof.control()) + " without a fault");
        lines.add("score    "
                + proof.score().map(score -> percent(score) + ", ").orElse("none, ")
                + proof.caught() + " of " + proof.applicable() + " faults caught"
                + (proof.atLeast().isPresent()
                        ? "; the runbook demands " + proof.atLeast().getAsInt() + " %"
                        : ""));
        lines.add("seed     " + proof.seed());
        return lines;
    }

    private static String percent(double score) {
        // Rounded down: nothing but all of them is 100 %.
        return String.format(Locale.ROOT, "%.1f %%", Math.floor(score * WHOLE * 10) / 10);
    }

    private static String word(Outcome outcome) {
        return switch (outcome) {
            case ESCAPED -> "ESCAPED";
            case UNKNOWN -> "UNKNOWN";
            case LATE -> "late";
            case CAUGHT -> "caught";
            case NOT_APPLICABLE -> "";
        };
    }

    /** As many as fit a narrow terminal. */
    private static String others(List<String> names) {
        return names.size() < 2
                ? ""
                : names.size() == 2 && names.get(1).length() <= 16 ? names.get(1) : "+" + (names.size() - 1);
    }
}
