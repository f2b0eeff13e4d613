package dev.muster.app.demo.standin;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A call by XML-RPC as it comes in, and the answer to it. */
record XmlCall(String method, JsonNode params) {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    static XmlCall read(byte[] text) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            Element call = factory.newDocumentBuilder()
                    .parse(new ByteArrayInputStream(text))
                    .getDocumentElement();
            ArrayNode params = NODES.arrayNode();
            for (Element param : Children.of(Children.named(call, "params"))) {
                params.add(value(Children.named(param, "value")));
            }
            return new XmlCall(Children.named(call, "methodName").getTextContent(), params);
        } catch (SAXException | ParserConfigurationException unreadable) {
            throw new IOException(unreadable);
        }
    }

    private static JsonNode value(Element value) {
        for (Element typed : Children.of(value)) {
            String text = typed.getTextContent();
            return switch (typed.getTagName()) {
                case "int", "i4", "i8" -> NODES.numberNode(Long.parseLong(text));
                case "boolean" -> NODES.booleanNode(text.equals("1"));
                case "double" -> NODES.numberNode(Double.parseDouble(text));
                case "array" -> array(Children.named(typed, "data"));
                case "struct" -> struct(typed);
                default -> NODES.stringNode(text);
            };
        }
        return NODES.stringNode(value.getTextContent());
    }

    private static JsonNode array(Element data) {
        ArrayNode array = NODES.arrayNode();
        Children.of(data).forEach(item -> array.add(value(item)));
        return array;
    }

    private static JsonNode struct(Element members) {
        ObjectNode struct = NODES.objectNode();
        Children.of(members)
                .forEach(member -> struct.set(
                        Children.named(member, "name").getTextContent(), value(Children.named(member, "value"))));
        return struct;
    }

    static String response(JsonNode value) {
        return "<?xml version='1.0'?>\n<methodResponse>\n<params>\n<param>\n" + text(value)
                + "</param>\n</params>\n</methodResponse>\n";
    }

    static String fault(int code, String message) {
        return "<?xml version='1.0'?>\n<methodResponse>\n<fault>\n"
                + text(NODES.objectNode().put("faultCode", code).put("faultString", message))
                + "</fault>\n</methodResponse>\n";
    }

    private static String text(JsonNode value) {
        StringBuilder text = new StringBuilder("<value>");
        if (value.isBoolean()) {
            text.append("<boolean>").append(value.booleanValue() ? 1 : 0).append("</boolean>");
        } else if (value.isIntegralNumber()) {
            text.append("<int>").append(value.longValue()).append("</int>");
        } else if (value.isArray()) {
            text.append("<array><data>\n");
            value.forEach(item -> text.append(text(item)));
            text.append("</data></array>");
        } else if (value.isObject()) {
            text.append("<struct>\n");
            value.propertyNames()
                    .forEach(name -> text.append("<member>\n<name>")
                            .append(name)
                            .append("</name>\n")
                            .append(text(value.path(name)))
                            .append("</member>\n"));
            text.append("</struct>");
        } else {
            text.append("<string>")
                    .append(value.asString().replace("&", "&amp;").replace("<", "&lt;"))
                    .append("</string>");
        }
        return text.append("</value>\n").toString();
    }

    /** The elements below an element. */
    private static final class Children {
        private Children() {}

        static List<Element> of(Element parent) {
            List<Element> elements = new ArrayList<>();
            for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
                if (node instanceof Element element) {
                    elements.add(element);
                }
            }
            return elements;
        }

        static Element named(Element parent, String name) {
            return of(parent).stream()
                    .filter(element -> element.getTagName().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no " + name + " in " + parent.getTagName()));
        }
    }
}
