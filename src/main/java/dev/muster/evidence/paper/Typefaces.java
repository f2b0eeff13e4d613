package dev.muster.evidence.paper;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FSFontUseCase;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/** The typefaces that come along, and which characters they have. */
final class Typefaces {
    private static final int REPLACEMENT = 0xFFFD;
    private static final Set<FSFontUseCase> EVERYWHERE = EnumSet.of(FSFontUseCase.DOCUMENT, FSFontUseCase.SVG);

    private final byte[] text = read("DejaVuSansCondensed.ttf");
    private final byte[] bold = read("DejaVuSansCondensed-Bold.ttf");
    private final byte[] mono = read("DejaVuSansMono.ttf");
    private final List<CmapLookup> glyphs = List.of(glyphs(text), glyphs(bold));

    /** Makes the families {@code text} and {@code mono} known. */
    void addTo(PdfRendererBuilder builder) {
        add(builder, text, "text", 400);
        add(builder, bold, "text", 700);
        add(builder, mono, "mono", 400);
        // An element whose style names no family has one of these, and a family without a face stops everything.
        add(builder, text, "serif", 400);
        add(builder, mono, "monospace", 400);
    }

    private static void add(PdfRendererBuilder builder, byte[] face, String family, int weight) {
        builder.useFont(() -> new ByteArrayInputStream(face), family, weight, FontStyle.NORMAL, true, EVERYWHERE);
    }

    /** The text with a visible mark in place of each character that could not be printed. */
    String printable(String content) {
        return content.codePoints()
                .map(character -> Character.isWhitespace(character) || has(character) ? character : REPLACEMENT)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private boolean has(int character) {
        return glyphs.stream().allMatch(face -> face.getGlyphId(character) != 0);
    }

    private static CmapLookup glyphs(byte[] face) {
        try (TrueTypeFont font = new TTFParser().parse(new RandomAccessReadBuffer(face))) {
            return font.getUnicodeCmapLookup();
        } catch (IOException damaged) {
            throw new IllegalStateException("a typeface of this program cannot be read", damaged);
        }
    }

    private static byte[] read(String file) {
        try (InputStream face = Typefaces.class.getResourceAsStream(file)) {
            if (face == null) {
                throw new IllegalStateException(file + " is not part of this program");
            }
            return face.readAllBytes();
        } catch (IOException failed) {
            throw new IllegalStateException(file + " cannot be read from this program", failed);
        }
    }
}
