package dev.muster.evidence.report;

import dev.muster.evidence.record.WrittenRecord;
import dev.muster.template.Legible;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * A record as pipelines read the results of tests: JUnit's XML, with a case for each check, and a last one for the drill
 * as a whole, so that a drill that did not pass is never green.
 */
final class TestReport {
    private static final String UNKNOWN = "0.000";

    private final WrittenRecord record;
    private final List<Case> cases = new ArrayList<>();

    private TestReport(WrittenRecord record) {
        this.record = record;
        record.checks()
                .forEach(check -> cases.add(new Case(
                        said(check, "step"),
                        said(check, "name"),
                        outcome(said(check, "verdict"), "skipped"),
                        check.path("problem"),
                        seconds(check))));
        JsonNode timeline = record.document().path("timeline");
        cases.add(new Case("drill", record.drill(), outcome(record.verdict(), "error"), decisive(), seconds(timeline)));
    }

    /**
     * A case of the suite.
     *
     * @param outcome the element that says so; empty when it passed
     */
    private record Case(String group, String name, String outcome, JsonNode problem, String seconds) {}

    static String of(WrittenRecord record) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            new TestReport(record).write(xml);
            xml.close();
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException("a text takes everything", impossible);
        }
        return text + "\n";
    }

    private void write(XMLStreamWriter xml) throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeStartElement("testsuites");
        counts(xml);
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", Legible.of(record.system() + "/" + said(record.runbook(), "name")));
        counts(xml);
        // Without a zone, as the form has it; all of Muster's instants are of UTC.
        xml.writeAttribute(
                "timestamp", said(record.document().path("timeline"), "started").replaceFirst("(\\.\\d+)?Z$", ""));
        properties(xml);
        for (Case one : cases) {
            write(xml, one);
        }
        xml.writeEndElement();
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private void counts(XMLStreamWriter xml) throws XMLStreamException {
        xml.writeAttribute("tests", Integer.toString(cases.size()));
        xml.writeAttribute("failures", count("failure"));
        xml.writeAttribute("errors", count("error"));
        xml.writeAttribute("skipped", count("skipped"));
        xml.writeAttribute("time", cases.get(cases.size() - 1).seconds());
    }

    private String count(String outcome) {
        return Long.toString(
                cases.stream().filter(one -> one.outcome().equals(outcome)).count());
    }

    private void properties(XMLStreamWriter xml) throws XMLStreamException {
        xml.writeStartElement("properties");
        property(xml, "drill", record.drill());
        property(xml, "verdict", record.verdict());
        property(xml, "system", record.system());
        property(xml, "runbook", said(record.runbook(), "name"));
        property(xml, "disaster", said(record.scenario(), "disaster"));
        property(xml, "rpoSeconds", achieved("rpo"));
        property(xml, "rtoSeconds", achieved("rto"));
        xml.writeEndElement();
    }

    private String achieved(String objective) {
        JsonNode achieved = record.measurements().path(objective).path("achievedSeconds");
        return achieved.isNumber() ? achieved.decimalValue().toPlainString() : "not measured";
    }

    private static void property(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        xml.writeEmptyElement("property");
        xml.writeAttribute("name", name);
        xml.writeAttribute("value", Legible.of(value));
    }

    private void write(XMLStreamWriter xml, Case one) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", Legible.of(record.system() + "." + one.group()));
        xml.writeAttribute("name", Legible.of(one.name()));
        xml.writeAttribute("time", one.seconds());
        if (!one.outcome().isEmpty()) {
            String what = said(one.problem(), "what");
            xml.writeStartElement(one.outcome());
            xml.writeAttribute("message", Legible.of(what.isEmpty() ? "The drill did not pass" : what));
            xml.writeCharacters(
                    Legible.of((said(one.problem(), "where") + "\n" + said(one.problem(), "remedy")).strip()));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static String outcome(String verdict, String whenAborted) {
        return switch (verdict) {
            case "PASSED" -> "";
            case "FAILED" -> "failure";
            case "ABORTED" -> whenAborted;
            default -> "error";
        };
    }

    /** What stopped or broke the drill, else what a check found. */
    private JsonNode decisive() {
        JsonNode problems = record.document().path("findings").path("problems");
        return problems.isEmpty()
                ? record.checks().stream()
                        .map(check -> check.path("problem"))
                        .filter(JsonNode::isObject)
                        .findFirst()
                        .orElse(MissingNode.getInstance())
                : problems.path(0);
    }

    private static String said(JsonNode node, String name) {
        return node.path(name).asString("");
    }

    private static String seconds(JsonNode span) {
        try {
            Duration took =
                    Duration.between(Instant.parse(said(span, "started")), Instant.parse(said(span, "finished")));
            return BigDecimal.valueOf(took.toMillis(), 3).toPlainString();
        } catch (DateTimeException unknown) {
            return UNKNOWN;
        }
    }
}
