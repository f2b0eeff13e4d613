package dev.muster.evidence.record;

import dev.muster.drill.DrillRecord;
import dev.muster.drill.Governance;
import dev.muster.drill.Runbook;
import java.time.ZoneOffset;
import java.util.Optional;

/** Which document this is, what it replaces, who may read it, how long it is kept, and what it was made with. */
final class ControlSection {
    private ControlSection() {}

    static Section of(DrillRecord record, Section tool, Section template, Optional<String> certificate) {
        Runbook runbook = record.request().runbook();
        Governance governance = runbook.governance();
        return new Section()
                .with("id", record.drill())
                .with("version", Math.max(1, record.programme().tries().size()))
                .with("supersedes", record.programme().supersedes())
                .with("organisation", record.programme().organisation())
                .with("classification", governance.classification().label())
                .with(
                        "retainUntil",
                        governance
                                .retain()
                                .map(time -> record.finished()
                                        .atZone(ZoneOffset.UTC)
                                        .plus(time)
                                        .toLocalDate()
                                        .toString()))
                .with("tool", tool)
                .with(
                        "runbook",
                        new Section()
                                .with("name", runbook.name())
                                .with("title", runbook.title())
                                .with("file", runbook.file())
                                .with("sha256", runbook.sha256())
                                .with("commit", runbook.commit()))
                .with("template", template)
                .with("documentCertificateSha256", certificate)
                .with("generated", record.finished());
    }
}
