package dev.muster.evidence;

import dev.muster.evidence.bundle.Bundle;
import dev.muster.evidence.paper.Attachment;
import dev.muster.evidence.paper.PaperSignature;
import dev.muster.evidence.paper.Typesetter;
import dev.muster.evidence.record.WrittenRecord;
import dev.muster.evidence.report.Report;
import dev.muster.signing.DocumentKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** The report as a document for paper that holds the record it was made from, signed where there is a key. */
final class PaperReport {
    private final Typesetter typesetter = new Typesetter();
    private final Report report;
    private final Optional<DocumentKey> key;

    PaperReport(Report report, Optional<DocumentKey> key) {
        this.report = report;
        this.key = key;
    }

    /** @param json the record as it stands in {@code evidence.json} */
    byte[] of(WrittenRecord record, String json) throws InterruptedException {
        String page = report.paper(record, key.isPresent()).text();
        byte[] document = typesetter.set(page, attached(json), made(record));
        return key.map(holder -> new PaperSignature(holder).sign(document, made(record)))
                .orElse(document);
    }

    byte[] summary(WrittenRecord record, String json) throws InterruptedException {
        return typesetter.set(report.summary(record, true), attached(json), made(record));
    }

    private static Attachment attached(String json) {
        return new Attachment(Bundle.DOCUMENT, "application/json", "The record that this document was made from", json);
    }

    private static Instant made(WrittenRecord record) {
        try {
            return Instant.parse(
                    record.document().path("recordControl").path("generated").asString(""));
        } catch (DateTimeException unreadable) {
            return Instant.EPOCH;
        }
    }
}
