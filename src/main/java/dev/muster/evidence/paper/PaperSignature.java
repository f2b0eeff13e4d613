package dev.muster.evidence.paper;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.signing.DocumentKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.Locale;
import java.util.TimeZone;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;

/** Signs a document so that readers of PDF show it: PAdES, over the whole file. */
public final class PaperSignature {
    private final DocumentKey key;

    /** A signature with this key. */
    public PaperSignature(DocumentKey key) {
        this.key = key;
    }

    /** The same document with a signature behind it. */
    public byte[] sign(byte[] document, Instant at) {
        ByteArrayOutputStream signed = new ByteArrayOutputStream();
        try (PDDocument opened = Loader.loadPDF(document)) {
            PDSignature signature = new PDSignature();
            signature.setFilter(PDSignature.FILTER_ADOBE_PPKLITE);
            signature.setSubFilter(PDSignature.SUBFILTER_ETSI_CADES_DETACHED);
            signature.setName(key.subject());
            signature.setReason("Evidence of a recovery drill");
            Calendar time = new GregorianCalendar(TimeZone.getTimeZone("UTC"), Locale.ROOT);
            time.setTimeInMillis(at.toEpochMilli());
            signature.setSignDate(time);
            opened.setDocumentId(at.toEpochMilli());
            opened.addSignature(signature, content -> key.sign(content.readAllBytes()));
            opened.saveIncremental(signed);
            return signed.toByteArray();
        } catch (IOException failed) {
            throw new CouldNotRun(
                    new Problem(
                            "The paper report could not be signed (" + failed + ")",
                            "report.pdf",
                            "The bundle says all of it without paper. `muster report ID --format pdf` makes it once"
                                    + " there is room in memory and on the disk for temporary files."),
                    failed);
        }
    }
}
