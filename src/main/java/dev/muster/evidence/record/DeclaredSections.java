package dev.muster.evidence.record;

import dev.muster.drill.BusinessProcess;
import dev.muster.drill.Criticality;
import dev.muster.drill.DrillRecord;
import dev.muster.drill.DrillRequest;
import dev.muster.drill.Governance;
import dev.muster.drill.Runbook;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the drill is about, what was promised, and who had which part in it: what people have declared. */
final class DeclaredSections {
    private DeclaredSections() {}

    static Section scope(Runbook runbook) {
        Governance governance = runbook.governance();
        return new Section()
                .with("system", runbook.system())
                .with("owner", runbook.owner())
                .with("criticality", governance.criticality().map(Criticality::label))
                .with("processes", List.copyOf(runbook.processes().keySet()))
                .with("covers", governance.covers())
                .with("exclusions", governance.exclusions());
    }

    static Section objectives(Runbook runbook) {
        return new Section()
                .with("rpoSeconds", runbook.objectives().rpo())
                .with("rtoSeconds", runbook.objectives().rto())
                .with("processes", Parts.byName(runbook.processes(), DeclaredSections::process))
                .with("approved", runbook.governance().approved().map(DeclaredSections::approval));
    }

    private static Section process(BusinessProcess process) {
        return new Section()
                .with("rpoSeconds", process.objectives().rpo())
                .with("rtoSeconds", process.objectives().rto())
                .with("watermark", process.watermark())
                .with("proof", process.proof());
    }

    private static Section approval(Governance.Approval approval) {
        return new Section()
                .with("by", approval.by())
                .with("on", approval.on().toString())
                .with("signature", "UNSIGNED")
                .with("key", null);
    }

    static Section people(DrillRecord record) {
        DrillRequest request = record.request();
        Governance governance = request.runbook().governance();
        Optional<String> approver = governance.approved().map(Governance.Approval::by);
        return new Section()
                .with("planner", governance.planner())
                .with("approver", approver)
                .with("operator", request.requestedBy())
                .with("trigger", request.trigger().name())
                .with("reviewer", governance.reviewer())
                .with("approverIsOperator", approver.map(name -> account(name).equals(account(request.requestedBy()))));
    }

    /** Who asks is called by account and machine, and an approver may be by a mail address. */
    private static String account(String person) {
        return person.replaceFirst("@.*", "").toLowerCase(Locale.ROOT);
    }
}
