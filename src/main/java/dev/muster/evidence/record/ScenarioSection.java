package dev.muster.evidence.record;

import dev.muster.drill.CheckResult;
import dev.muster.drill.DrillRecord;
import dev.muster.drill.DrillRequest;
import dev.muster.drill.TeardownReceipt;
import dev.muster.drill.Verdict;
import java.util.Locale;
import java.util.Optional;

/** Which disaster was rehearsed, by which plan, on what, and cut off from what. */
final class ScenarioSection {
    private static final String NETWORK = "network of the scratch";

    private ScenarioSection() {}

    static Section of(DrillRecord record) {
        DrillRequest request = record.request();
        return new Section()
                .with("scenario", request.runbook().scenario().label())
                .with("disaster", request.disaster())
                .with("assumptions", request.runbook().governance().assumptions())
                .with("segregation", segregation(record))
                .with("environment", record.environment())
                .with("plan", PlanDocument.of(request.runbook()))
                .with("overrides", request.overrides())
                .with("namedBackups", Parts.byAsset(request.named(), key -> key))
                .with("keepSeconds", request.keep());
    }

    private static Section segregation(DrillRecord record) {
        Optional<CheckResult> probe =
                record.checks().stream().filter(ScenarioSection::isProbe).findFirst();
        return new Section()
                .with(
                        "scratch",
                        record.request().runbook().scratch().on().name().toLowerCase(Locale.ROOT))
                .with("place", record.teardown().map(TeardownReceipt::place))
                .with("network", Optional.ofNullable(record.environment().get(NETWORK)))
                .with("probe", probe.map(check -> check.verdict().name()))
                .with("shownBy", shownBy(probe));
    }

    static boolean isProbe(CheckResult check) {
        return check.step().startsWith("probe: ");
    }

    private static String shownBy(Optional<CheckResult> probe) {
        if (probe.isEmpty()) {
            return "Nothing: no way out of the scratch was tried.";
        }
        return probe.get().verdict() == Verdict.PASSED
                ? "The check " + probe.get().name() + " tried from inside the scratch to get out, and could not."
                : "Nothing: the check " + probe.get().name() + " did not pass.";
    }
}
