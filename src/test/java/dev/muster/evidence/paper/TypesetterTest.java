package dev.muster.evidence.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.drill.CouldNotRun;
import dev.muster.signing.DocumentKey;
import dev.muster.testing.Needs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TypesetterTest {
    private static final Instant MADE = Instant.parse("2026-11-01T03:00:00Z");
    private static final Attachment SOURCE = new Attachment("evidence.json", "application/json", "The record", "{}");

    private static final String PAGE = """
            <!DOCTYPE html>
            <html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>A page</title>
            <meta name="description" content="A page for a test"/>
            <style>html { font-family: text, mono } code { font-family: mono, text } p { word-wrap: break-word }
            @page { size: A4; @bottom-right { content: counter(page); font-family: text } }</style></head>
            <body><h1>✓ Passed</h1><p>CONTENT</p>
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 20" width="400" height="80" role="img" alt="A bar">
            <rect x="1" y="1" width="50" height="10" fill="#1f5673"/><text x="3" y="9" font-family="text">half</text></svg>
            <table><thead><tr><th scope="col">A</th><th scope="col">B</th></tr></thead>
            <tbody><tr><th scope="row">1</th><td><code>✕</code></td></tr></tbody></table></body></html>
            """;

    @TempDir
    Path temporary;

    private static byte[] set(String content) {
        return new Typesetter().set(PAGE.replace("CONTENT", content), SOURCE, MADE);
    }

    private DocumentKey key() {
        return DocumentKey.in(temporary.resolve("keys"), true, Clock.systemUTC());
    }

    private String pdfsig(byte[] document) throws IOException {
        Path file = Files.write(temporary.resolve("document.pdf"), document);
        Process process = new ProcessBuilder("pdfsig", "-nocert", file.toString())
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void what_it_sets_is_for_archives_and_for_readers_aids_whatever_stands_in_it() throws Exception {
        byte[] document = set("🦜 שלום مرحبا \u202e " + "a".repeat(5000));

        assertThat(Conformance.problems(document)).isEmpty();
        assertThat(Conformance.problems(new PaperSignature(key()).sign(document, MADE)))
                .isEmpty();
    }

    @Test
    void marks_what_cannot_be_printed() throws Exception {
        assertThat(Pages.text(set("before 🦜 after"))).contains("before \ufffd after", "✓ Passed");
    }

    @Test
    void holds_what_it_was_made_from() throws Exception {
        try (PDDocument document = Loader.loadPDF(set(""))) {
            var names =
                    document.getDocumentCatalog().getNames().getEmbeddedFiles().getNames();
            assertThat(names).containsOnlyKeys("evidence.json");
            assertThat(List.copyOf(names.values()).get(0).getEmbeddedFile().toByteArray())
                    .asString()
                    .isEqualTo(SOURCE.content());
        }
    }

    @Test
    void the_same_page_and_key_give_the_same_bytes() {
        DocumentKey key = key();
        byte[] first = set("once");

        assertThat(set("once")).isEqualTo(first);
        assertThat(new PaperSignature(key()).sign(first, MADE)).isEqualTo(new PaperSignature(key).sign(first, MADE));
    }

    @Test
    void what_is_not_well_formed_is_a_problem() {
        assertThatThrownBy(() -> set("<br>"))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("not well-formed")
                .hasMessageContaining("report.html");
    }

    @Test
    @Needs("pdfsig")
    void readers_find_the_signature_valid_and_over_the_whole_document() throws Exception {
        byte[] signed = new PaperSignature(key()).sign(set("once"), MADE);

        assertThat(pdfsig(signed))
                .contains("Signature is Valid", "Total document signed", "ETSI.CAdES.detached", "DEMONSTRATION");

        byte[] longer = Arrays.copyOf(signed, signed.length + 1);
        longer[signed.length] = '\n';
        assertThat(pdfsig(longer)).doesNotContain("Total document signed");

        byte[] changed = signed.clone();
        changed[2000] ^= 1;
        assertThat(pdfsig(changed)).doesNotContain("Signature is Valid");
        assertThat(pdfsig(new PaperSignature(key()).sign(signed, MADE))).contains("Not total document signed");
    }
}
