package dev.muster.check.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class XmlRpcTextTest {

    @Test
    void writes_each_kind_of_value_and_escapes_what_would_be_a_tag() {
        JsonNode params = JsonMapper.shared().readTree("[1, 3000000000, 1.5, true, \"a<b&c\", [2], {\"k\": \"v\"}]");
        assertThat(XmlRpcText.call("execute_kw", params))
                .contains(
                        "<methodName>execute_kw</methodName>",
                        "<value><int>1</int></value>",
                        "<i8>3000000000</i8>",
                        "<double>1.5</double>",
                        "<boolean>1</boolean>",
                        "<string>a&lt;b&amp;c</string>",
                        "<array><data><value><int>2</int></value></data></array>",
                        "<member><name>k</name><value><string>v</string></value></member>");
    }

    @Test
    void reads_what_odoo_answers() throws Refused {
        assertThat(read("""
                <?xml version='1.0'?>
                <methodResponse>
                <params>
                <param>
                <value><array><data>
                <value><struct>
                <member>
                <name>id</name>
                <value><int>2</int></value>
                </member>
                <member>
                <name>partner_id</name>
                <value><array><data>
                <value><int>3</int></value>
                <value><string>A &amp; B</string></value>
                </data></array></value>
                </member>
                <member>
                <name>active</name>
                <value><boolean>0</boolean></value>
                </member>
                </struct></value>
                </data></array></value>
                </param>
                </params>
                </methodResponse>""")).hasToString("[{\"id\":2,\"partner_id\":[3,\"A & B\"],\"active\":false}]");
        assertThat(read("<methodResponse><params><param><value>bare</value></param></params></methodResponse>"))
                .hasToString("\"bare\"");
    }

    @Test
    void a_fault_is_told_by_the_last_line_of_its_trace() {
        assertThatThrownBy(() -> read("""
                <methodResponse><fault><value><struct>
                <member><name>faultCode</name><value><int>1</int></value></member>
                <member><name>faultString</name><value><string>Traceback:
                  File "x"
                KeyError: 'no.model'
                </string></value></member></struct></value></fault></methodResponse>"""))
                .isInstanceOf(Refused.class)
                .hasMessage("it answered with the fault: KeyError: 'no.model'");
    }

    @Test
    void an_answer_that_reaches_for_files_or_is_no_answer_at_all_is_refused() {
        for (String text : new String[] {
            "<!DOCTYPE m [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"
                    + "<methodResponse><params><param><value>&e;</value></param></params></methodResponse>",
            "<methodResponse><params><param>" + "<value><array><data>".repeat(5000),
            "<html>Internal error",
            "<methodResponse/>",
            ""
        }) {
            assertThatThrownBy(() -> read(text)).isInstanceOf(Refused.class);
        }
    }

    private static JsonNode read(String text) throws Refused {
        return XmlRpcText.response(text.getBytes(StandardCharsets.UTF_8));
    }
}
