package dev.muster.evidence.report;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import java.io.IOException;
import java.io.StringReader;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * What a template has made, written anew from elements that can show something and do nothing else: it stays in the
 * place that it is given, and cannot hide, style or close what stands around it.
 */
final class SafeMarkup {
    private static final String TEMPLATE = "templates/report.ftlh";

    private static final Set<String> EMPTY = Set.of("br", "wbr", "hr", "col");

    private static final Set<String> ELEMENTS = Set.of(
            ("section div p h2 h3 h4 span b strong i em small code pre br wbr hr ul ol li dl dt dd table caption colgroup col"
                            + " thead tbody tfoot tr th td figure figcaption blockquote a svg g title desc line rect circle"
                            + " path polyline polygon text tspan")
                    .split(" "));

    private static final Set<String> ATTRIBUTES =
            Set.of(("class id title lang dir role alt scope colspan rowspan headers href aria-label aria-labelledby"
                            + " aria-describedby aria-hidden data-label xmlns viewBox x y width height x1 x2 y1 y2 cx cy r rx"
                            + " d points fill stroke stroke-width stroke-dasharray text-anchor transform font-size"
                            + " font-family font-weight")
                    .split(" "));

    private static final Pattern ADDRESS = Pattern.compile("#[\\w-]+|https://[^\\s\"'<>]+");
    private static final Pattern PAINT = Pattern.compile("none|currentColor|#[0-9a-fA-F]{3,8}");
    private static final Pattern OF_THE_FRAME = Pattern.compile("(^|.*\\s)frame.*", Pattern.DOTALL);

    private final StringBuilder written = new StringBuilder();

    private SafeMarkup() {}

    static String of(String content) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setCoalescing(true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler());
            Node root = builder.parse(new InputSource(new StringReader("<div>" + content + "</div>")))
                    .getDocumentElement();
            SafeMarkup markup = new SafeMarkup();
            markup.children(root);
            return markup.written.toString();
        } catch (SAXException malformed) {
            throw refused("What the template makes is not well-formed: " + malformed.getMessage());
        } catch (IOException | ParserConfigurationException impossible) {
            throw new IllegalStateException("every Java parses XML from memory", impossible);
        }
    }

    private void children(Node node) {
        for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element) {
                element(element);
            } else if (child.getNodeType() == Node.TEXT_NODE) {
                text(child.getNodeValue());
            }
        }
    }

    private void element(Element element) {
        String name = element.getTagName();
        if (!ELEMENTS.contains(name)) {
            throw refused("The template makes an element <" + name + ">, which a report cannot hold");
        }
        written.append('<').append(name);
        NamedNodeMap attributes = element.getAttributes();
        for (int index = 0; index < attributes.getLength(); index++) {
            attribute(
                    name,
                    attributes.item(index).getNodeName(),
                    attributes.item(index).getNodeValue());
        }
        if (EMPTY.contains(name)) {
            written.append("/>");
            return;
        }
        written.append('>');
        children(element);
        written.append("</").append(name).append('>');
    }

    private void attribute(String element, String name, String value) {
        boolean permitted = ATTRIBUTES.contains(name)
                && switch (name) {
                    case "href" -> ADDRESS.matcher(value).matches();
                    case "fill", "stroke" -> PAINT.matcher(value).matches();
                    case "xmlns" -> value.equals("http://www.w3.org/2000/svg");
                    case "class", "id" -> !OF_THE_FRAME.matcher(value).matches();
                    // On a whole picture it would move that over its surroundings.
                    case "transform" -> !element.equals("svg");
                    default -> true;
                };
        if (!permitted) {
            throw refused("The template gives <" + element + "> the attribute " + name + "=\"" + value
                    + "\", which a report cannot hold");
        }
        written.append(' ').append(name).append("=\"");
        text(value);
        written.append('"');
    }

    private void text(String text) {
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            switch (character) {
                case '&' -> written.append("&amp;");
                case '<' -> written.append("&lt;");
                case '>' -> written.append("&gt;");
                case '"' -> written.append("&quot;");
                default -> written.append(character);
            }
        }
    }

    private static CouldNotRun refused(String what) {
        return new CouldNotRun(new Problem(
                what,
                TEMPLATE,
                "Correct your own template there: well-formed elements that only show something, and the classes of the"
                        + " shipped style; templates/README.md lists them. Or remove it to use the shipped one."));
    }
}
