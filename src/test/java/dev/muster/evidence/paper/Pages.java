package dev.muster.evidence.paper;

import java.io.IOException;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;

/** What can be read on the pages of a document. */
public final class Pages {
    private Pages() {}

    public static String text(byte[] document) throws IOException {
        try (PDDocument opened = Loader.loadPDF(document)) {
            return new PDFTextStripper().getText(opened);
        }
    }

    public static int count(byte[] document) throws IOException {
        try (PDDocument opened = Loader.loadPDF(document)) {
            return opened.getNumberOfPages();
        }
    }
}
