package dev.muster.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.drill.CheckResult;
import dev.muster.drill.DrillRecord;
import dev.muster.drill.Problem;
import dev.muster.drill.Secret;
import dev.muster.drill.Verdict;
import dev.muster.template.Templates;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Pipelines read a drill as the result of tests, and never a drill that did not pass as a good one. */
class TestReportTest {
    /** What the readers of such results have in common. */
    private static final String FORM = """
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
              <xs:attributeGroup name="counts">
                <xs:attribute name="tests" type="xs:nonNegativeInteger" use="required"/>
                <xs:attribute name="failures" type="xs:nonNegativeInteger" use="required"/>
                <xs:attribute name="errors" type="xs:nonNegativeInteger" use="required"/>
                <xs:attribute name="skipped" type="xs:nonNegativeInteger" use="required"/>
                <xs:attribute name="time" type="xs:decimal" use="required"/>
              </xs:attributeGroup>
              <xs:complexType name="outcome" mixed="true">
                <xs:attribute name="message" type="xs:string" use="required"/>
              </xs:complexType>
              <xs:element name="testsuites"><xs:complexType>
                <xs:sequence><xs:element name="testsuite"><xs:complexType>
                  <xs:sequence>
                    <xs:element name="properties"><xs:complexType><xs:sequence>
                      <xs:element name="property" maxOccurs="unbounded"><xs:complexType>
                        <xs:attribute name="name" type="xs:string" use="required"/>
                        <xs:attribute name="value" type="xs:string" use="required"/>
                      </xs:complexType></xs:element>
                    </xs:sequence></xs:complexType></xs:element>
                    <xs:element name="testcase" maxOccurs="unbounded"><xs:complexType>
                      <xs:choice minOccurs="0">
                        <xs:element name="failure" type="outcome"/>
                        <xs:element name="error" type="outcome"/>
                        <xs:element name="skipped" type="outcome"/>
                      </xs:choice>
                      <xs:attribute name="classname" type="xs:string" use="required"/>
                      <xs:attribute name="name" type="xs:string" use="required"/>
                      <xs:attribute name="time" type="xs:decimal" use="required"/>
                    </xs:complexType></xs:element>
                  </xs:sequence>
                  <xs:attributeGroup ref="counts"/>
                  <xs:attribute name="name" type="xs:string" use="required"/>
                  <xs:attribute name="timestamp" type="xs:dateTime" use="required"/>
                </xs:complexType></xs:element></xs:sequence>
                <xs:attributeGroup ref="counts"/>
              </xs:complexType></xs:element>
            </xs:schema>
            """;

    private static Element suite(DrillRecord record, Secret... secrets) throws Exception {
        String xml = new Evidence(new Templates(Optional.empty()), () -> List.of(secrets)).tests(record);
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(new StreamSource(new StringReader(FORM)))
                .newValidator()
                .validate(new StreamSource(new StringReader(xml)));
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
        return (Element) document.getElementsByTagName("testsuite").item(0);
    }

    private static List<String> counts(Element suite) {
        return List.of(
                suite.getAttribute("tests"),
                suite.getAttribute("failures"),
                suite.getAttribute("errors"),
                suite.getAttribute("skipped"));
    }

    @Test
    void a_drill_that_passed_is_green_with_a_case_for_each_check() throws Exception {
        Element suite = suite(Records.passed());
        int checks = Records.passed().checks().size();
        assertThat(counts(suite)).containsExactly(Integer.toString(checks + 1), "0", "0", "0");
        NodeList cases = suite.getElementsByTagName("testcase");
        assertThat(((Element) cases.item(0)).getAttribute("name"))
                .isEqualTo(Records.passed().checks().get(0).name());
        assertThat(((Element) suite.getElementsByTagName("property").item(0)).getAttribute("value"))
                .isEqualTo(Records.DRILL);
    }

    @Test
    void a_check_that_failed_is_a_failure_and_so_is_its_drill() throws Exception {
        Element suite = suite(Records.failed());
        assertThat(counts(suite).subList(1, 4)).containsExactly("2", "0", "0");
        Element failure = (Element) suite.getElementsByTagName("failure").item(0);
        assertThat(failure.getAttribute("message")).contains("1 of 412 files");
        assertThat(failure.getTextContent()).contains("Restore the file");
    }

    @Test
    void a_drill_that_could_not_run_is_an_error_though_no_check_was_reached() throws Exception {
        Element suite = suite(Records.couldNotRun());
        assertThat(counts(suite)).containsExactly("1", "0", "1", "0");
        assertThat(((Element) suite.getElementsByTagName("error").item(0)).getAttribute("message"))
                .contains("refused the access key");
    }

    @Test
    void hostile_text_and_secrets_leave_the_form_whole() throws Exception {
        DrillRecord failed = Records.failed();
        List<CheckResult> checks = new ArrayList<>(failed.checks());
        checks.add(new CheckResult(
                "\u0000]]></testcase><x y=\"&\ud800",
                "step\u202e",
                Verdict.COULD_NOT_RUN,
                failed.started(),
                failed.finished(),
                Map.of(),
                Optional.of(new Problem("\u0001hunter2 & <b>\uffff", "where", "remedy")),
                List.of()));
        Element suite = suite(
                new DrillRecord(
                        failed.drill(),
                        failed.request(),
                        failed.planned(),
                        failed.started(),
                        failed.finished(),
                        failed.verdict(),
                        failed.recoveryPoint(),
                        failed.attempts(),
                        failed.objectsRead(),
                        failed.readings(),
                        failed.skew(),
                        failed.rpo(),
                        failed.rto(),
                        failed.processes(),
                        checks,
                        failed.findings(),
                        failed.problems(),
                        failed.timeline(),
                        failed.environment(),
                        failed.teardown(),
                        failed.proof(),
                        failed.programme(),
                        failed.approval(),
                        failed.log()),
                new Secret("hunter2"));
        assertThat(counts(suite).subList(1, 4)).containsExactly("2", "1", "0");
        assertThat(suite.getTextContent()).doesNotContain("hunter2");
        assertThat(((Element) suite.getElementsByTagName("error").item(0)).getAttribute("message"))
                .contains("****** & <b>");
    }
}
