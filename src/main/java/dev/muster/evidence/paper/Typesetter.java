package dev.muster.evidence.paper;

import com.openhtmltopdf.outputdevice.helper.ExternalResourceControlPriority;
import com.openhtmltopdf.pdfboxout.PdfBoxRenderer;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder.PdfAConformance;
import com.openhtmltopdf.svgsupport.BatikSVGDrawer;
import com.openhtmltopdf.util.XRLog;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.apache.pdfbox.pdmodel.PDEmbeddedFilesNameTreeNode;
import org.apache.pdfbox.pdmodel.common.PDMetadata;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.apache.pdfbox.pdmodel.common.filespecification.PDEmbeddedFile;
import org.w3c.dom.Document;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** Sets a page as PDF/A-3 with the tags of PDF/UA. The same page gives the same bytes. */
public final class Typesetter {
    /** Some thousand pages. */
    private static final int LONGEST = 12_000_000;

    private static final String DOCTYPE = "<!DOCTYPE html>";

    private final Typefaces typefaces = new Typefaces();

    /** A typesetter with the typefaces that come along. */
    public Typesetter() {
        // It writes to standard error by itself, and knows this one switch for all.
        XRLog.setLoggingEnabled(false);
    }

    /**
     * Sets a page.
     *
     * @param page well-formed XHTML that needs nothing from outside
     * @param source what the page was made from
     * @param made the time that the document names as its own
     */
    public byte[] set(String page, Attachment source, Instant made) {
        if (page.length() > LONGEST) {
            throw new CouldNotRun(problem("The report is too long for paper: " + page.length() + " characters"));
        }
        try {
            Document document = parsed(page);
            makePrintable(document.getDocumentElement());
            return rendered(document, source, made);
        } catch (SAXException malformed) {
            throw new CouldNotRun(problem("The report is not well-formed (" + malformed.getMessage() + ")"), malformed);
        } catch (IOException | RuntimeException | LinkageError | InternalError failed) {
            // The libraries below throw what they like, and a machine without any fonts lets Java itself fail.
            throw new CouldNotRun(problem("The report could not be set as PDF (" + failed + ")"), failed);
        }
    }

    /** How many pages a document has that was set here. */
    public static int pages(byte[] document) {
        try (PDDocument opened = Loader.loadPDF(document)) {
            return opened.getNumberOfPages();
        } catch (IOException damaged) {
            throw new IllegalStateException("a document that was set here cannot be read", damaged);
        }
    }

    private static Problem problem(String what) {
        return new Problem(
                what,
                "report.pdf",
                "Use report.html, which says the same, and correct your own templates if there are any; on a machine"
                        + " without fontconfig install it.");
    }

    private static Document parsed(String page) throws SAXException, IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            // By itself it writes to standard error.
            builder.setErrorHandler(new DefaultHandler());
            String rest = page.stripLeading();
            return builder.parse(new InputSource(
                    new StringReader(rest.startsWith(DOCTYPE) ? rest.substring(DOCTYPE.length()) : rest)));
        } catch (ParserConfigurationException impossible) {
            throw new IllegalStateException("every Java parses XML", impossible);
        }
    }

    private void makePrintable(Node node) {
        if (node.getNodeName().equals("style")) {
            return;
        }
        if (node.getNodeType() == Node.TEXT_NODE) {
            node.setNodeValue(typefaces.printable(PrintedText.of(node.getNodeValue())));
        }
        NamedNodeMap attributes = node.getAttributes();
        for (int index = 0; attributes != null && index < attributes.getLength(); index++) {
            attributes
                    .item(index)
                    .setNodeValue(typefaces.printable(attributes.item(index).getNodeValue()));
        }
        for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
            makePrintable(child);
        }
    }

    private byte[] rendered(Document page, Attachment source, Instant made) throws IOException {
        PdfRendererBuilder builder = new PdfRendererBuilder();
        typefaces.addTo(builder);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (BatikSVGDrawer pictures = new BatikSVGDrawer()) {
            builder.usePdfAConformance(PdfAConformance.PDFA_3_A)
                    .usePdfUaAccessibility(true)
                    .useColorProfile(ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData())
                    .useSVGDrawer(pictures)
                    .withProducer("Muster")
                    .useExternalResourceAccessControl(
                            (address, kind) -> false, ExternalResourceControlPriority.RUN_BEFORE_RESOLVING_URI)
                    .withW3cDocument(page, "")
                    .toStream(bytes);
            try (PdfBoxRenderer renderer = builder.buildPdfRenderer()) {
                renderer.layout();
                try (PDDocument document = renderer.createPDFKeepOpen()) {
                    attach(document, source, made);
                    date(document, made);
                    document.save(bytes);
                }
            }
        }
        return bytes.toByteArray();
    }

    private static void attach(PDDocument document, Attachment source, Instant made) throws IOException {
        byte[] content = source.content().getBytes(StandardCharsets.UTF_8);
        PDEmbeddedFile file = new PDEmbeddedFile(document, new ByteArrayInputStream(content), COSName.FLATE_DECODE);
        file.setSubtype(source.mediaType());
        file.setSize(content.length);
        file.setCreationDate(calendar(made));
        file.setModDate(calendar(made));
        PDComplexFileSpecification specification = new PDComplexFileSpecification();
        specification.setFile(source.name());
        specification.setFileUnicode(source.name());
        specification.setFileDescription(source.description());
        specification.setEmbeddedFile(file);
        specification.setEmbeddedFileUnicode(file);
        specification.getCOSObject().setName(COSName.AF_RELATIONSHIP, "Source");
        PDEmbeddedFilesNameTreeNode tree = new PDEmbeddedFilesNameTreeNode();
        tree.setNames(Map.of(source.name(), specification));
        PDDocumentNameDictionary names = new PDDocumentNameDictionary(document.getDocumentCatalog());
        names.setEmbeddedFiles(tree);
        document.getDocumentCatalog().setNames(names);
        document.getDocumentCatalog()
                .getCOSObject()
                .setItem(COSName.AF, new COSArray(List.of(specification.getCOSObject())));
    }

    /** The library takes the time of day for the document's; both places that name it must say the same. */
    private static void date(PDDocument document, Instant made) throws IOException {
        document.getDocumentInformation().setCreationDate(calendar(made));
        document.getDocumentInformation().setModificationDate(null);
        document.setDocumentId(made.toEpochMilli());
        PDMetadata metadata = document.getDocumentCatalog().getMetadata();
        String text = new String(metadata.toByteArray(), StandardCharsets.UTF_8)
                .replaceAll(
                        "(<xmp:CreateDate>)[^<]*",
                        "$1" + made.atOffset(ZoneOffset.UTC).withNano(0));
        metadata.importXMPMetadata(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Calendar calendar(Instant instant) {
        Calendar calendar = new GregorianCalendar(TimeZone.getTimeZone("UTC"), Locale.ROOT);
        calendar.setTimeInMillis(instant.toEpochMilli());
        return calendar;
    }
}
