package dev.muster.evidence.record;

import dev.muster.drill.CheckResult;
import dev.muster.drill.DrillRecord;
import dev.muster.drill.Finding;
import dev.muster.drill.LedgerEvent;
import dev.muster.drill.Runbook;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What {@code evidence.json} says of a drill, section by section as {@code config/evidence.schema.json} publishes it.
 *
 * @param events the drill's lines in the ledger so far
 * @param tool what wrote it, and with which key
 * @param demonstration whether that key says that nobody should trust it
 */
public record RecordDocument(DrillRecord record, List<LedgerEvent> events, Section tool, boolean demonstration) {
    /** The form of this document; a number for each form that there has been. */
    public static final String SCHEMA = "https://muster.dev/schema/evidence-v2.json";

    public RecordDocument {
        events = List.copyOf(events);
    }

    /**
     * The sections.
     *
     * @param template what the report is made with
     * @param certificate the digest of the certificate that the report on paper is signed with
     * @param more what was found while evidence was written
     */
    public Map<String, @Nullable Object> with(Section template, Optional<String> certificate, List<Finding> more) {
        Runbook runbook = record.request().runbook();
        CheckForm checks = new CheckForm(runbook);
        Predicate<CheckResult> workflow = check -> check.step().startsWith("workflow: ");
        return new Section()
                .with("schema", SCHEMA)
                .with("recordControl", ControlSection.of(record, tool, template, certificate))
                .with("verdict", VerdictSection.of(record, demonstration))
                .with("scope", DeclaredSections.scope(runbook))
                .with("scenario", ScenarioSection.of(record))
                .with("objectives", DeclaredSections.objectives(record))
                .with("people", DeclaredSections.people(record))
                .with("timeline", TimelineSection.of(record))
                .with("recoveryPoint", RecoveryPointSection.of(record, checks))
                .with("measurements", MeasurementsSection.of(record))
                .with("integrity", checks(workflow.negate(), checks))
                .with("workflows", checks(workflow, checks))
                .with("findings", ClosingSections.findings(record, more))
                .with("actions", ClosingSections.actions(record))
                .with("teardown", ClosingSections.teardown(record))
                .with("review", ClosingSections.review(record))
                .with("programme", ProgrammeSection.of(record.programme(), events))
                .values();
    }

    private Section checks(Predicate<CheckResult> which, CheckForm form) {
        return new Section()
                .with(
                        "checks",
                        record.checks().stream().filter(which).map(form::of).toList());
    }
}
