package dev.muster.evidence;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.DrillRecord;
import dev.muster.drill.Finding;
import dev.muster.drill.LedgerEvent;
import dev.muster.drill.Secret;
import dev.muster.evidence.record.RecordDocument;
import dev.muster.evidence.record.Section;
import dev.muster.evidence.record.WrittenRecord;
import dev.muster.evidence.report.Report;
import dev.muster.ledger.Ledger;
import dev.muster.signing.DocumentKey;
import dev.muster.signing.Signer;
import dev.muster.template.Rendered;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a drill has to say before it is packed and signed.
 *
 * @param files what is in the bundle beside instructions, ledger, keys and signatures, by name and in order
 * @param events the ledger lines that go along
 */
record EvidenceDraft(Map<String, byte[]> files, List<LedgerEvent> events) {

    static EvidenceDraft of(
            DrillRecord record,
            List<LedgerEvent> events,
            Signer signer,
            List<Secret> secrets,
            Report report,
            Function<Signer, Optional<DocumentKey>> documentKeys)
            throws InterruptedException {
        Masking masking = new Masking(secrets);
        // A line cannot be masked, since its digest stands in the ledger; it is left out instead.
        List<LedgerEvent> lines = events.stream()
                .filter(event -> event.drill().equals(record.drill()))
                .filter(event -> masking.keeps("ledger line " + event.sequence(), Ledger.line(event)))
                .toList();
        RecordDocument document = new RecordDocument(record, lines, tool(signer), signer.demonstration());
        // What is masked is known only once all of it was looked through.
        masking.masked(document.with(new Section(), Optional.empty(), List.of()));
        List<Finding> found = new ArrayList<>(masking.findings());

        // A drill's result is never lost to a key, to an organisation's own template, or to what sets its report.
        Optional<DocumentKey> key = Optional.empty();
        try {
            key = documentKeys.apply(signer);
        } catch (CouldNotRun keyless) {
            found.add(new Finding(Finding.Severity.MINOR, keyless.problem()));
        }
        Optional<String> certificate = key.map(DocumentKey::certificateSha256);
        Report used = report;
        Rendered trial;
        try {
            trial = used.page(parsed(masking.masked(document.with(new Section(), certificate, found))));
        } catch (CouldNotRun brokenTemplate) {
            found.add(new Finding(Finding.Severity.MINOR, brokenTemplate.problem()));
            used = report.withShippedTemplates();
            trial = used.page(parsed(masking.masked(document.with(new Section(), certificate, found))));
        }
        Section template = new Section().with("sha256", trial.sha256()).with("customised", trial.customised());
        Map<String, @Nullable Object> whole = masking.masked(document.with(template, certificate, found));
        Optional<byte[]> paper = Optional.empty();
        try {
            paper = Optional.of(new PaperReport(used, key).of(parsed(whole), Json.pretty(whole)));
        } catch (CouldNotRun unset) {
            found.add(new Finding(Finding.Severity.MINOR, unset.problem()));
            whole = masking.masked(document.with(template, certificate, found));
        }
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(Bundle.DOCUMENT, Bundle.utf8(Json.pretty(whole)));
        files.put(Bundle.REPORT, Bundle.utf8(used.page(parsed(whole)).text()));
        paper.ifPresent(pages -> files.put(Bundle.PAPER, pages));
        return new EvidenceDraft(files, lines);
    }

    private static WrittenRecord parsed(Map<String, @Nullable Object> document) {
        return new WrittenRecord(Json.read(Json.compact(document)).orElseThrow());
    }

    private static Section tool(Signer signer) {
        return new Section()
                .with("name", "Muster")
                .with("version", ThisProgram.version())
                .with("sha256", ThisProgram.sha256())
                .with("keyId", signer.keyId())
                .with("demonstration", signer.demonstration());
    }
}
