package dev.muster.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.drill.CouldNotRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplatesTest {
    @TempDir
    Path temporary;

    private Path folder() throws IOException {
        return Files.createDirectories(temporary.resolve("templates"));
    }

    private Rendered render(String template, Map<String, Object> model) throws IOException, InterruptedException {
        Files.writeString(folder().resolve("own.ftlh"), template);
        return new Templates(Optional.of(folder()), new Limits(Duration.ofSeconds(2), 100_000))
                .render("own.ftlh", model);
    }

    @Test
    void escapes_every_value_in_html() throws Exception {
        assertThat(render("<p>${name}</p>", Map.of("name", "<script>&\"'")).text())
                .isEqualTo("<p>&lt;script&gt;&amp;&quot;&#39;</p>");
    }

    @Test
    void leaves_plain_text_as_it_is() throws Exception {
        Files.writeString(folder().resolve("mail.ftl"), "Drill ${name} took ${seconds} s: ${passed?c}");
        Map<String, Object> model = Map.of("name", "a<b", "seconds", 1234567.5, "passed", true);

        assertThat(new Templates(Optional.of(folder()))
                        .render("mail.ftl", model)
                        .text())
                .isEqualTo("Drill a<b took 1234567.5 s: true");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${evil?no_esc}",
                "<#noautoesc>${evil}</#noautoesc>",
                "<#ftl auto_esc=false>${evil}",
                "<#ftl output_format=\"undefined\">${evil}",
                "<#ftl output_format=\"plainText\">${evil}",
                "<#outputformat \"undefined\">${evil}</#outputformat>",
                "<#outputformat \"plainText\">${evil}</#outputformat>",
                "<#outputformat \"XML\">${evil?no_esc}</#outputformat>",
                "<#assign t = '${\"$\"}{evil?no_esc}'?interpret><@t/>",
                "${'evil?no_esc'?eval}",
                "${'evil?no_'?left_pad(0)?<#-- -->eval}",
                "[#ftl auto_esc=false]${evil}",
                "<#escape x as x?no_esc>${evil}</#escape>",
                "<#noescape>${evil}</#noescape>",
                "${evil?html?no_esc}",
                "<#assign bold><b></#assign>${bold + evil}",
                "<#assign text>${evil}</#assign>${text?markup_string?no_esc}",
                "<#macro m>${evil}<#nested></#macro><@m>${evil}</@m>",
                "<#function f><#return evil></#function>${f()}",
                "<#setting output_format='plainText'>${evil}",
                "<#setting auto_escaping_policy='disable'>${evil}",
                "<#outputformat 'HTML{XML}'>${evil}</#outputformat>",
                "${evil?string?replace('<', '<')}",
                "<#list [evil] as one>${one}</#list><#switch evil><#default>${evil}</#switch>",
                "<#attempt>${evil}${missing}<#recover>${evil} ${.error}</#attempt>",
            })
    void escaping_cannot_be_switched_off(String template) throws Exception {
        String text;
        try {
            text = render(template, Map.of("evil", "<script>")).text();
        } catch (CouldNotRun refused) {
            text = "";
        }
        assertThat(text).doesNotContain("<script>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<#include 'part.ftl'>",
                "<#include 'part.ftlx'>",
                "<#include 'part.txt'>",
                "<#import 'part.ftl' as part>${part.shown}",
            })
    void what_is_included_is_escaped_whatever_its_name(String template) throws Exception {
        for (String part : List.of("part.ftl", "part.ftlx", "part.txt")) {
            Files.writeString(folder().resolve(part), "${evil}<#assign shown = evil>");
        }

        assertThat(render(template, Map.of("evil", "<script>")).text()).isEqualTo("&lt;script&gt;");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${'freemarker.template.utility.Execute'?new()('id')}",
                "${'freemarker.template.utility.ObjectConstructor'?new()('java.io.File', '/')}",
                "${name?api.class}",
                "${name.class}",
                "${name.getClass()}",
                "${list?api.stream()}",
                "<#include '/../secret.txt'>",
                "<#include '../secret.txt'>",
                "<#include 'link.ftlh'>",
                "<#include 'file:///etc/passwd'>",
                "<#import '../secret.txt' as secret>",
                "<#include 'folder/secret.txt'>",
                "<#include 'folder/../../secret.txt'>",
                "<#include '/etc/passwd'>",
                "<#include '..%2fsecret.txt'>",
                "<#include '..\\\\secret.txt'>",
                "<#include 'file:///etc/passwd' parse=false>",
                "<#include 'jar:file:/tmp/x.jar!/a'>",
                "<#include 'http://127.0.0.1:1/'>",
                "${.get_optional_template('/etc/passwd').exists?string('a', missing)}",
                "<#assign secret = 'freemarker.template.utility.JythonRuntime'?new()>",
                "<#assign read = 'freemarker.cache.FileTemplateLoader'?new()>",
                "${list?api.getClass().forName('java.lang.Runtime')}",
                "${.data_model?api}",
                "${.main?api}",
                "${.globals.getClass()}",
                "${.current_template_name.class}",
                "${'x'?eval}",
                "<#assign x = '<#include \"../secret.txt\">'?interpret><@x/>",
            })
    void a_template_can_neither_run_code_nor_leave_its_folder(String template) throws Exception {
        Path secret = Files.writeString(temporary.resolve("secret.txt"), "do not show");
        Files.createSymbolicLink(folder().resolve("link.ftlh"), secret);
        Files.createSymbolicLink(folder().resolve("folder"), temporary);

        assertThatThrownBy(() -> render(template, Map.of("name", "x", "list", List.of(1))))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("templates/own.ftlh");
    }

    @Test
    void refuses_a_model_that_could_act() {
        assertThatThrownBy(() -> render("${file}", Map.of("file", temporary)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Templates(Optional.empty()).render("../own.ftlh", Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<#list 1.. as i></#list>",
                "<#list 1..2000000000 as i><#assign x = i></#list>",
                "<#include 'loop.ftl'>",
                "<#import 'loop.ftl' as loop>",
            })
    void stops_a_template_that_does_not_end(String template) throws IOException {
        Files.writeString(folder().resolve("loop.ftl"), "<#list 1.. as i></#list>");
        assertThatThrownBy(() -> render(template, Map.of()))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("longer than 2000 ms");
        await().atMost(Duration.ofSeconds(5))
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("rendering")));
    }

    /** Their loops could not be stopped. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<#assign t = '<#list 1.. as i></#list>'?interpret><@t/>",
                "<#assign t = '<#list 1.. as i></#list>'? <#-- no --> interpret><@t/>",
                "<#assign t = (\"'<#list 1.. as i></#list>'?inter\" + \"pret\")?eval><@t/>",
            })
    void takes_no_template_that_makes_another_on_the_way(String template) {
        assertThatThrownBy(() -> render(template, Map.of()))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("?interpret and ?eval");
    }

    @Test
    void stops_a_template_that_writes_too_much() {
        assertThatThrownBy(() -> render("<#list 1.. as i>and so on </#list>", Map.of()))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("more than 100000 characters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<#macro m><@m/></#macro><@m/>",
                "<#function f x><#return f(x + 1)></#function>${f(1)}",
                "<#include 'own.ftlh'>",
                "<#macro m>${deep}</#macro><#list 1..3 as i><@m/></#list>",
            })
    void stops_a_template_that_goes_too_deep(String template) {
        // The last one is a riddle for whoever reads it before it runs.
        String deep = template.replace("deep", "(".repeat(100_000) + "1" + ")".repeat(100_000));

        assertThatThrownBy(() -> render(deep, Map.of()))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("templates/own.ftlh")
                .hasMessageContaining("remove your own copy");
    }

    @Test
    void does_not_read_a_template_without_end() {
        assertThatThrownBy(() -> render("endless".repeat(1_000_000), Map.of()))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("more than 4194304 characters");
    }

    @Test
    void names_template_and_line_of_a_fault() {
        assertThatThrownBy(() -> render("fine\n${missing}", Map.of()))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("(templates/own.ftlh:2)");
        assertThatThrownBy(() -> render("fine\n\n<#if>", Map.of()))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("(templates/own.ftlh:3)");
        assertThatThrownBy(() -> new Templates(Optional.empty()).render("nowhere.ftlh", Map.of()))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("no such template (templates/nowhere.ftlh)");
    }

    @Test
    void says_which_template_was_used() throws Exception {
        Rendered own = render("<p>ours</p>", Map.of());

        assertThat(own.customised()).isTrue();
        assertThat(own.sha256())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256")
                                .digest("<p>ours</p>".getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void takes_the_shipped_template_unless_the_folder_has_its_own() throws Exception {
        Templates templates = new Templates(Optional.of(folder()));
        assertThat(templates.render("greeting.ftlh", Map.of("name", "you")))
                .returns("Shipped: you", rendered -> rendered.text().strip())
                .returns(false, Rendered::customised);

        Files.writeString(folder().resolve("greeting.ftlh"), "Ours: ${name}");
        assertThat(templates.render("greeting.ftlh", Map.of("name", "you")))
                .returns("Ours: you", Rendered::text)
                .returns(true, Rendered::customised);
    }
}
