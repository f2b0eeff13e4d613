package dev.muster.runbook;

import dev.muster.drill.Application;
import dev.muster.drill.CallAction;
import dev.muster.drill.CallExpectation;
import dev.muster.drill.Ensemble;
import dev.muster.drill.VersionRange;
import dev.muster.drill.Workflow;
import dev.muster.drill.WorkflowCall;
import dev.muster.runbook.yaml.Entry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Applications and workflows without mistakes, as the vocabulary of a drill has them. */
final class WorkContent {
    private static final String NOTHING = "{}";
    private static final String NO_PARAMETERS = "[]";

    private WorkContent() {}

    static Application application(String name, Entry application, Optional<Ensemble> ensemble) {
        return new Application(
                name,
                texts(application.at("command")),
                application.at("image").text(),
                textsByName(application.at("environment")),
                application.at("filestore").text(),
                application.at("version").text(),
                text(application.at("health")),
                duration(application.at("within")).orElse(Application.USUAL),
                ensemble);
    }

    static Workflow workflow(String name, Entry workflow) {
        return new Workflow(
                name,
                workflow.where(),
                text(workflow.at("means")),
                workflow.at("after").text(),
                workflow.at("supports").text().map(VersionRange::of),
                workflow.at("calls").items().stream().map(WorkContent::call).toList());
    }

    private static WorkflowCall call(Entry call) {
        return new WorkflowCall(
                action(call),
                call.where(),
                textsByName(call.at("capture")),
                expectation(call.at("expect")),
                call.at("versions").text().map(VersionRange::of),
                duration(call.at("within")).orElse(WorkflowCall.USUAL),
                (int) call.at("repeat").number().orElse(1),
                call.at("p95").text().map(WorkContent::latency));
    }

    private static CallAction action(Entry call) {
        if (call.at("http").present()) {
            return http(call.at("http"));
        }
        if (call.at("jsonrpc").present()) {
            Entry rpc = call.at("jsonrpc");
            return new CallAction.JsonRpc(text(rpc.at("path")), rpc.at("params").json());
        }
        if (call.at("json2").present()) {
            Entry json2 = call.at("json2");
            return new CallAction.Json2(
                    text(json2.at("model")),
                    text(json2.at("method")),
                    text(json2.at("key")),
                    json(json2.at("arguments")).orElse(NOTHING));
        }
        if (call.at("xmlrpc").present()) {
            Entry rpc = call.at("xmlrpc");
            return new CallAction.XmlRpc(
                    text(rpc.at("path")),
                    text(rpc.at("method")),
                    json(rpc.at("params")).orElse(NO_PARAMETERS));
        }
        return call.at("sql")
                .text()
                .<CallAction>map(CallAction.Sql::new)
                .orElseGet(() -> new CallAction.Exec(texts(call.at("exec"))));
    }

    private static CallAction http(Entry http) {
        boolean body = http.at("body").present() || http.at("json").present();
        return new CallAction.Http(
                http.at("method").text().orElse(body ? "POST" : "GET"),
                text(http.at("path")),
                textsByName(http.at("headers")),
                http.at("body").text(),
                json(http.at("json")));
    }

    private static CallExpectation expectation(Entry expect) {
        Map<String, String> values = new LinkedHashMap<>();
        expect.at("values").entries().forEach((path, value) -> values.put(path, value.scalar()));
        return new CallExpectation(
                expect.at("status").present()
                        ? OptionalInt.of((int) expect.at("status").number().orElseThrow())
                        : OptionalInt.empty(),
                expect.at("contains").text(),
                expect.at("sha1").text(),
                values);
    }

    private static Duration latency(String text) {
        return text.endsWith("ms")
                ? Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)))
                : Duration.ofSeconds(Long.parseLong(text.substring(0, text.length() - 1)));
    }

    private static Optional<Duration> duration(Entry duration) {
        return duration.text().flatMap(Amounts::duration);
    }

    private static Optional<String> json(Entry value) {
        return value.present() ? Optional.of(value.json()) : Optional.empty();
    }

    private static String text(Entry text) {
        return text.text()
                .orElseThrow(() -> new IllegalStateException(
                        "the schema lets a workflow pass without a sound `" + text.path() + "`"));
    }

    private static List<String> texts(Entry list) {
        return list.items().stream().map(WorkContent::text).toList();
    }

    private static Map<String, String> textsByName(Entry mapping) {
        Map<String, String> texts = new LinkedHashMap<>();
        mapping.entries().forEach((name, value) -> texts.put(name, text(value)));
        return texts;
    }
}
