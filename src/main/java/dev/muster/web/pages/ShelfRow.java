package dev.muster.web.pages;

import dev.muster.drill.Problem;
import dev.muster.drill.Runbook;
import dev.muster.drill.SchedulePlan;
import dev.muster.runbook.Misprint;
import dev.muster.runbook.library.Shelved;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A runbook of the library in a row of a table. */
final class ShelfRow {
    private ShelfRow() {}

    /** Whether it is good, an older version is kept, or there is none that can be used. */
    static String state(Shelved shelved) {
        return shelved.misprints().isEmpty() ? "GOOD" : shelved.good().isPresent() ? "KEPT" : "BAD";
    }

    static Map<String, Object> of(Shelved shelved) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", shelved.name());
        row.put("file", shelved.file().toString());
        row.put("state", state(shelved));
        row.put(
                "misprints",
                shelved.misprints().stream()
                        .map(Misprint::problem)
                        .map((Problem problem) -> Words.problem(problem))
                        .toList());
        shelved.good().flatMap(Runbook::commit).ifPresent(commit -> row.put("commit", commit));
        shelved.good().ifPresent(runbook -> put(row, runbook));
        return row;
    }

    private static void put(Map<String, Object> row, Runbook runbook) {
        row.put("title", runbook.title());
        row.put("system", runbook.system());
        row.put("fleet", runbook.template());
        row.put("sha256", runbook.sha256());
        row.put("approval", runbook.governance().approvalRequired());
        runbook.schedule().ifPresent(plan -> row.put("schedule", schedule(plan)));
    }

    static String schedule(SchedulePlan plan) {
        String when =
                plan.on().map(day -> day + " at " + plan.at()).or(plan::cron).orElse("");
        List<String> avoid = plan.avoid();
        return when + ", " + Words.name(plan.zone())
                + (avoid.isEmpty() ? "" : ", not during " + String.join(", ", avoid))
                + plan.after().map(other -> ", after " + other).orElse("");
    }
}
