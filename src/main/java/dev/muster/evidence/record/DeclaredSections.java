package dev.muster.evidence.record;

import dev.muster.drill.Approval;
import dev.muster.drill.BusinessProcess;
import dev.muster.drill.Criticality;
import dev.muster.drill.DrillRecord;
import dev.muster.drill.DrillRequest;
import dev.muster.drill.Governance;
import dev.muster.drill.QueuedDrill;
import dev.muster.drill.Runbook;
import java.time.LocalDate;
import java.util.List;

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

    static Section objectives(DrillRecord record) {
        Runbook runbook = record.request().runbook();
        Approval approval = record.approval();
        return new Section()
                .with("rpoSeconds", runbook.objectives().rpo())
                .with("rtoSeconds", runbook.objectives().rto())
                .with("processes", Parts.byName(runbook.processes(), DeclaredSections::process))
                .with("approved", approval.by().map(name -> approval(approval)));
    }

    private static Section process(BusinessProcess process) {
        return new Section()
                .with("rpoSeconds", process.objectives().rpo())
                .with("rtoSeconds", process.objectives().rto())
                .with("watermark", process.watermark())
                .with("proof", process.proof());
    }

    private static Section approval(Approval approval) {
        return new Section()
                .with("by", approval.by())
                .with("on", approval.on().map(LocalDate::toString))
                .with("signature", approval.signature().name())
                .with("key", approval.key());
    }

    static Section people(DrillRecord record) {
        DrillRequest request = record.request();
        Governance governance = request.runbook().governance();
        return new Section()
                .with("planner", governance.planner())
                .with("approver", record.approval().by())
                .with("operator", request.requestedBy())
                .with("trigger", request.trigger().name())
                .with("slot", request.queued().flatMap(QueuedDrill::slot))
                .with("startApprovedBy", request.queued().flatMap(QueuedDrill::approvedBy))
                .with("reviewer", governance.reviewer())
                .with("approverIsOperator", record.approval().byOperator(request));
    }
}
