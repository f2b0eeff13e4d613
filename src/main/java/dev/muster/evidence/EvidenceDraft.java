package dev.muster.evidence;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.DrillRecord;
import dev.muster.drill.Finding;
import dev.muster.drill.LedgerEvent;
import dev.muster.drill.Secret;
import dev.muster.ledger.Ledger;
import dev.muster.signing.Signer;
import dev.muster.template.Rendered;
import dev.muster.template.Templates;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a drill has to say before it is packed and signed.
 *
 * @param files what is in the bundle beside instructions, ledger, keys and signatures, by name and in order
 * @param events the ledger lines that go along
 */
record EvidenceDraft(Map<String, byte[]> files, List<LedgerEvent> events) {

    static EvidenceDraft of(
            DrillRecord record, List<LedgerEvent> events, Signer signer, List<Secret> secrets, Report report)
            throws InterruptedException {
        Masking masking = new Masking(secrets);
        // A line cannot be masked, since its digest stands in the ledger; it is left out instead.
        List<LedgerEvent> lines = events.stream()
                .filter(event -> event.drill().equals(record.drill()))
                .filter(event -> masking.keeps("ledger line " + event.sequence(), Ledger.line(event)))
                .toList();
        Map<String, @Nullable Object> document = masking.masked(RecordDocument.of(record, lines, tool(signer)));
        masking.findings().forEach(finding -> add(document, finding));

        Report used = report;
        Rendered trial;
        try {
            trial = used.render(parsed(document));
        } catch (CouldNotRun brokenTemplate) {
            // A drill's result is never lost to an organisation's own template.
            add(document, new Finding(Finding.Severity.MINOR, brokenTemplate.problem()));
            used = new Report(new Templates(Optional.empty()));
            trial = used.render(parsed(document));
        }
        document.put(
                "report",
                new Section()
                        .with("templateSha256", trial.sha256())
                        .with("customised", trial.customised())
                        .values());
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(Bundle.DOCUMENT, Bundle.utf8(Json.pretty(document)));
        files.put(Bundle.REPORT, Bundle.utf8(used.render(parsed(document)).text()));
        return new EvidenceDraft(files, lines);
    }

    private static void add(Map<String, @Nullable Object> document, Finding finding) {
        List<@Nullable Object> findings = new ArrayList<>();
        if (document.get("findings") instanceof List<?> earlier) {
            findings.addAll(earlier);
        }
        findings.add(RecordDocument.finding(finding).values());
        document.put("findings", findings);
    }

    private static JsonNode parsed(Map<String, @Nullable Object> document) {
        return Json.read(Json.compact(document)).orElseThrow();
    }

    static Section tool(Signer signer) {
        String version = EvidenceDraft.class.getPackage().getImplementationVersion();
        return new Section()
                .with("name", "Muster")
                .with("version", version == null ? "unreleased" : version)
                .with("keyId", signer.keyId())
                .with("demonstration", signer.demonstration());
    }
}
