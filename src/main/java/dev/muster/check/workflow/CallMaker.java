package dev.muster.check.workflow;

import dev.muster.check.application.Started;
import dev.muster.drill.CallAction;
import dev.muster.drill.WorkflowCall;
import dev.muster.scratch.Finished;
import dev.muster.scratch.Program;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes one call of each kind. */
record CallMaker(Started application, Requests requests, Memory memory, WorkflowCall call, OpenConnection open)
        implements CallAction.Cases<Reply, Exception> {
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    @Override
    public Reply http(CallAction.Http http) throws Refused, InterruptedException {
        Map<String, String> headers = new HashMap<>();
        http.headers().forEach((name, value) -> headers.put(name, memory.fill(value)));
        Optional<String> json = http.json().map(tree -> memory.fillTree(tree).toString());
        json.ifPresent(body -> headers.putIfAbsent("Content-Type", "application/json"));
        Reply reply = requests.send(
                http.method(),
                path(http.path()),
                headers,
                json.or(() -> http.body().map(memory::fill)));
        return Reply.of(reply.status(), reply.body(), valueOrNone(reply.body()));
    }

    @Override
    public Reply jsonRpc(CallAction.JsonRpc rpc) throws Refused, InterruptedException {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("jsonrpc", "2.0")
                .put("method", "call")
                .put("id", 1);
        body.set("params", memory.fillTree(rpc.params()));
        Reply reply = requests.send("POST", path(rpc.path()), JSON, Optional.of(body.toString()));
        JsonNode answer = valueOrNone(reply.body());
        if (answer.has("error")) {
            JsonNode error = answer.path("error");
            throw new Refused(
                    "it answered with the error: " + error.path("message").asString() + ": "
                            + error.path("data").path("message").asString(""));
        }
        return Reply.of(reply.status(), reply.body(), answer.path("result"));
    }

    @Override
    public Reply json2(CallAction.Json2 json2) throws Refused, InterruptedException {
        Map<String, String> headers = new HashMap<>(JSON);
        headers.put("Authorization", "bearer " + memory.fill(json2.key()));
        headers.put("X-Odoo-Database", application.database());
        Reply reply = requests.send(
                "POST",
                "/json/2/" + json2.model() + "/" + json2.method(),
                headers,
                Optional.of(memory.fillTree(json2.arguments()).toString()));
        return Reply.of(reply.status(), reply.body(), valueOrNone(reply.body()));
    }

    @Override
    public Reply xmlRpc(CallAction.XmlRpc rpc) throws Refused, InterruptedException {
        String text = XmlRpcText.call(rpc.method(), memory.fillTree(rpc.params()));
        Reply reply = requests.send("POST", path(rpc.path()), Map.of("Content-Type", "text/xml"), Optional.of(text));
        return reply.good() ? Reply.of(reply.status(), reply.body(), XmlRpcText.response(reply.body())) : reply;
    }

    @Override
    public Reply sql(CallAction.Sql sql) throws Exception {
        try (Connection connection = open.of(application)) {
            JsonNode rows = new SqlCall(sql.statement(), memory, call.within()).run(connection);
            return new Reply(0, true, rows.toString().getBytes(StandardCharsets.UTF_8), rows);
        }
    }

    @Override
    public Reply exec(CallAction.Exec exec) throws InterruptedException {
        List<String> command = exec.command().stream().map(memory::fill).toList();
        Finished finished =
                application.scratch().run(new Program(command, Map.of(), line -> {}, Program.Where.APPLICATION));
        String said = String.join("\n", finished.lastLines());
        return new Reply(
                finished.exit(),
                finished.succeeded(),
                said.getBytes(StandardCharsets.UTF_8),
                JsonNodeFactory.instance.stringNode(said));
    }

    private String path(String path) {
        return memory.fill(
                path, value -> URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"));
    }

    private static JsonNode valueOrNone(byte[] body) {
        try {
            return JsonMapper.shared().readTree(body);
        } catch (JacksonException otherContent) {
            return MissingNode.getInstance();
        }
    }
}
