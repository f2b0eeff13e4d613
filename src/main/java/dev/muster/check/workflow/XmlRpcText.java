package dev.muster.check.workflow;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Values as XML-RPC writes them. */
final class XmlRpcText {
    private static final int DEEPEST = 100;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final XMLStreamReader reader;
    private int depth;

    private XmlRpcText(XMLStreamReader reader) {
        this.reader = reader;
    }

    static String call(String method, JsonNode params) {
        StringBuilder text = new StringBuilder("<?xml version=\"1.0\"?><methodCall><methodName>")
                .append(escaped(method))
                .append("</methodName><params>");
        params.forEach(param -> {
            text.append("<param>");
            write(param, text);
            text.append("</param>");
        });
        return text.append("</params></methodCall>").toString();
    }

    private static void write(JsonNode value, StringBuilder text) {
        text.append("<value>");
        if (value.isBoolean()) {
            text.append("<boolean>").append(value.booleanValue() ? 1 : 0).append("</boolean>");
        } else if (value.isIntegralNumber()) {
            String kind = value.canConvertToInt() ? "int" : "i8";
            text.append('<').append(kind).append('>').append(value.longValue()).append("</");
            text.append(kind).append('>');
        } else if (value.isNumber()) {
            text.append("<double>").append(value.asString()).append("</double>");
        } else if (value.isArray()) {
            text.append("<array><data>");
            value.forEach(item -> write(item, text));
            text.append("</data></array>");
        } else if (value.isObject()) {
            text.append("<struct>");
            value.propertyNames().forEach(name -> {
                text.append("<member><name>").append(escaped(name)).append("</name>");
                write(value.path(name), text);
                text.append("</member>");
            });
            text.append("</struct>");
        } else {
            text.append("<string>").append(escaped(value.asString())).append("</string>");
        }
        text.append("</value>");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** The value that a response holds. */
    static JsonNode response(byte[] body) throws Refused {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        // What answers is not trusted: no document type, and so no entity and nothing fetched from elsewhere.
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(body));
            return new XmlRpcText(reader).methodResponse();
        } catch (XMLStreamException unreadable) {
            throw new Refused("its answer is no XML-RPC", unreadable);
        }
    }

    private JsonNode methodResponse() throws XMLStreamException, Refused {
        boolean fault = false;
        while (reader.hasNext()) {
            if (reader.next() == XMLStreamReader.START_ELEMENT) {
                fault |= reader.getLocalName().equals("fault");
                if (reader.getLocalName().equals("value")) {
                    JsonNode value = value();
                    if (fault) {
                        throw new Refused("it answered with the fault: "
                                + lastLine(value.path("faultString").asString()));
                    }
                    return value;
                }
            }
        }
        throw new Refused("its answer holds no value");
    }

    /** Of a stack trace, the line that says what went wrong. */
    private static String lastLine(String text) {
        List<String> lines = text.strip().lines().toList();
        return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }

    /** The value whose start tag was read last; its end tag is read as well. */
    private JsonNode value() throws XMLStreamException {
        if (++depth > DEEPEST) {
            throw new XMLStreamException("nested too deeply");
        }
        StringBuilder bare = new StringBuilder();
        JsonNode typed = null;
        while (true) {
            int event = reader.next();
            if (event == XMLStreamReader.CHARACTERS) {
                bare.append(reader.getText());
            } else if (event == XMLStreamReader.START_ELEMENT) {
                typed = typed(reader.getLocalName());
            } else if (event == XMLStreamReader.END_ELEMENT) {
                depth--;
                return typed == null ? NODES.stringNode(bare.toString()) : typed;
            }
        }
    }

    private JsonNode typed(String kind) throws XMLStreamException {
        return switch (kind) {
            case "array" -> array();
            case "struct" -> struct();
            default -> scalar(kind, reader.getElementText());
        };
    }

    private static JsonNode scalar(String kind, String text) throws XMLStreamException {
        try {
            return switch (kind) {
                case "int", "i4", "i8" -> NODES.numberNode(Long.parseLong(text.strip()));
                case "boolean" -> NODES.booleanNode(text.strip().equals("1"));
                case "double" -> NODES.numberNode(Double.parseDouble(text.strip()));
                case "nil" -> NODES.nullNode();
                default -> NODES.stringNode(text);
            };
        } catch (NumberFormatException nonsense) {
            throw new XMLStreamException("no number: " + text, nonsense);
        }
    }

    private JsonNode array() throws XMLStreamException {
        ArrayNode array = NODES.arrayNode();
        List<String> open = new ArrayList<>(List.of("array"));
        while (!open.isEmpty()) {
            int event = reader.next();
            if (event == XMLStreamReader.START_ELEMENT && reader.getLocalName().equals("value")) {
                array.add(value());
            } else if (event == XMLStreamReader.START_ELEMENT) {
                open.add(reader.getLocalName());
            } else if (event == XMLStreamReader.END_ELEMENT) {
                open.remove(open.size() - 1);
            }
        }
        return array;
    }

    private JsonNode struct() throws XMLStreamException {
        ObjectNode struct = NODES.objectNode();
        String name = "";
        while (true) {
            int event = reader.next();
            if (event == XMLStreamReader.START_ELEMENT) {
                switch (reader.getLocalName()) {
                    case "name" -> name = reader.getElementText();
                    case "value" -> struct.set(name, value());
                    default -> {}
                }
            } else if (event == XMLStreamReader.END_ELEMENT
                    && reader.getLocalName().equals("struct")) {
                return struct;
            }
        }
    }
}
