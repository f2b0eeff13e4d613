package dev.muster.evidence;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.DrillRecord;
import dev.muster.drill.Finding;
import dev.muster.drill.LedgerEvent;
import dev.muster.drill.Secret;
import dev.muster.evidence.bundle.Bundle;
import dev.muster.evidence.bundle.TestResult;
import dev.muster.evidence.record.Json;
import dev.muster.evidence.record.RecordDocument;
import dev.muster.evidence.record.Section;
import dev.muster.evidence.record.WrittenRecord;
import dev.muster.evidence.report.Report;
import dev.muster.ledger.Ledger;
import dev.muster.signing.DocumentKey;
import dev.muster.signing.PublicKeyText;
import dev.muster.template.Rendered;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
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
 * @param about what the signed statement says of the drill beside the digests
 */
public record EvidenceDraft(Map<String, byte[]> files, List<LedgerEvent> events, Map<String, String> about) {
    public EvidenceDraft {
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
        events = List.copyOf(events);
        about = Collections.unmodifiableMap(new LinkedHashMap<>(about));
    }

    /** The drill that it is of. */
    public String drill() {
        return about.getOrDefault("drill", "");
    }

    /** When the drill was over. */
    Instant finished() {
        return Instant.parse(about.getOrDefault("finished", ""));
    }

    static EvidenceDraft of(
            DrillRecord record,
            List<LedgerEvent> events,
            PublicKeyText key,
            List<Secret> secrets,
            Report report,
            Function<PublicKeyText, Optional<DocumentKey>> documentKeys)
            throws InterruptedException {
        Masking masking = new Masking(secrets);
        // A line cannot be masked, since its digest stands in the ledger; it is left out instead.
        List<LedgerEvent> lines = events.stream()
                .filter(event -> event.drill().equals(record.drill()))
                .filter(event -> masking.keeps("ledger line " + event.sequence(), Ledger.line(event)))
                .toList();
        RecordDocument document = new RecordDocument(record, lines, tool(key), key.demonstration());
        byte[] log = Bundle.utf8(masking.masked(Bundle.LOG, record.log()));
        // What is masked is known only once all of it was looked through.
        masking.masked(document.with(new Section(), Optional.empty(), List.of()));
        List<Finding> found = new ArrayList<>(masking.findings());

        // A drill's result is never lost to a key, to an organisation's own template, or to what sets its report.
        Optional<DocumentKey> documentKey = Optional.empty();
        try {
            documentKey = documentKeys.apply(key);
        } catch (CouldNotRun keyless) {
            found.add(new Finding(Finding.Severity.MINOR, keyless.problem()));
        }
        Optional<String> certificate = documentKey.map(DocumentKey::certificateSha256);
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
            paper = Optional.of(new PaperReport(used, documentKey).of(parsed(whole), Json.pretty(whole)));
        } catch (CouldNotRun unset) {
            found.add(new Finding(Finding.Severity.MINOR, unset.problem()));
            whole = masking.masked(document.with(template, certificate, found));
        }
        Map<String, byte[]> files = new LinkedHashMap<>();
        byte[] bytes = Bundle.utf8(Json.pretty(whole));
        files.put(Bundle.DOCUMENT, bytes);
        files.put(Bundle.REPORT, Bundle.utf8(used.page(parsed(whole)).text()));
        paper.ifPresent(pages -> files.put(Bundle.PAPER, pages));
        files.put(Bundle.OBSERVATIONS, Observations.of(record, masking));
        files.put(Bundle.LOG, log);
        files.put(Bundle.TEST_RESULT, Bundle.utf8(TestResult.of(record, bytes, masking::masked)));
        Map<String, String> about = new LinkedHashMap<>();
        about.put("drill", record.drill());
        about.put("system", record.request().runbook().system());
        about.put("verdict", record.verdict().name());
        about.put("finished", record.finished().toString());
        return new EvidenceDraft(files, lines, about);
    }

    private static WrittenRecord parsed(Map<String, @Nullable Object> document) {
        return new WrittenRecord(Json.read(Json.compact(document)).orElseThrow());
    }

    static Section tool(PublicKeyText key) {
        return new Section()
                .with("name", "Muster")
                .with("version", ThisProgram.version())
                .with("sha256", ThisProgram.sha256())
                .with("keyId", key.keyId())
                .with("demonstration", key.demonstration());
    }
}
