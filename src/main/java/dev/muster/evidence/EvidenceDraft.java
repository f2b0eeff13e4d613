package dev.muster.evidence;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.DrillRecord;
import dev.muster.drill.Finding;
import dev.muster.drill.LedgerEvent;
import dev.muster.drill.Secret;
import dev.muster.ledger.Ledger;
import dev.muster.signing.SigningKeys;
import dev.muster.template.Rendered;
import dev.muster.template.Templates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A drill's document and report before they are packed and signed.
 *
 * @param document the text of {@code evidence.json}
 * @param report the HTML made from it
 * @param events the ledger lines that go along
 */
record EvidenceDraft(String document, String report, List<LedgerEvent> events) {

    static EvidenceDraft of(
            DrillRecord record, List<LedgerEvent> events, SigningKeys keys, List<Secret> secrets, Report report)
            throws InterruptedException {
        Masking masking = new Masking(secrets);
        // A line cannot be masked, since its digest stands in the ledger; it is left out instead.
        List<LedgerEvent> lines = events.stream()
                .filter(event -> event.drill().equals(record.drill()))
                .filter(event -> masking.keeps("ledger line " + event.sequence(), Ledger.line(event)))
                .toList();
        Map<String, @Nullable Object> document = masking.masked(RecordDocument.of(record, lines, tool(keys)));
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
        return new EvidenceDraft(
                Json.pretty(document), used.render(parsed(document)).text(), lines);
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

    private static Section tool(SigningKeys keys) {
        String version = EvidenceDraft.class.getPackage().getImplementationVersion();
        return new Section()
                .with("name", "Muster")
                .with("version", version == null ? "unreleased" : version)
                .with("keyId", keys.keyId())
                .with("demonstration", keys.demonstration());
    }
}
