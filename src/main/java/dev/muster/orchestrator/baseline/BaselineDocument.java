package dev.muster.orchestrator.baseline;

import dev.muster.drill.Baseline;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A baseline as the JSON that is signed. */
final class BaselineDocument {
    static final String PAYLOAD_TYPE = "application/vnd.muster.baseline+json";

    private static final String SCHEMA = "https://muster.dev/baseline/v1";

    private BaselineDocument() {}

    static byte[] write(Baseline baseline, String formula) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema", SCHEMA);
        document.put("system", baseline.system());
        document.put("at", baseline.at().toString());
        Map<String, Object> origin = new LinkedHashMap<>();
        baseline.origin().backup().ifPresent(address -> origin.put("backup", address));
        baseline.origin().point().ifPresent(point -> origin.put("point", point.toString()));
        document.put("origin", origin);
        document.put(
                "server",
                Map.of(
                        "version",
                        baseline.server().version(),
                        "major",
                        baseline.server().major(),
                        "encoding",
                        baseline.server().encoding()));
        document.put("extensions", baseline.extensions());
        document.put("roles", baseline.roles());
        Map<String, Object> watermarks = new LinkedHashMap<>();
        baseline.watermarks().forEach((process, newest) -> watermarks.put(process, newest.toString()));
        document.put("watermarks", watermarks);
        document.put("digest", formula);
        Map<String, Object> tables = new LinkedHashMap<>();
        baseline.tables().forEach((name, table) -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("rows", table.rows());
            one.put("digest", table.digest());
            one.put("owner", table.owner());
            tables.put(name, one);
        });
        document.put("tables", tables);
        return JsonMapper.shared().writeValueAsBytes(document);
    }

    /** Empty when it is no baseline as this Muster knows them. */
    static Optional<Baseline> read(byte[] document) {
        try {
            JsonNode node = JsonMapper.shared().readTree(document);
            return node.path("schema").asString("").equals(SCHEMA) ? Optional.of(baseline(node)) : Optional.empty();
        } catch (JacksonException | DateTimeException malformed) {
            return Optional.empty();
        }
    }

    private static Baseline baseline(JsonNode node) {
        Map<String, Instant> watermarks = new TreeMap<>();
        texts(node.path("watermarks")).forEach((process, newest) -> watermarks.put(process, Instant.parse(newest)));
        Map<String, Baseline.Table> tables = new TreeMap<>();
        node.path("tables")
                .propertyStream()
                .forEach(table -> tables.put(
                        table.getKey(),
                        new Baseline.Table(
                                table.getValue().path("rows").longValue(),
                                table.getValue().path("digest").stringValue(),
                                table.getValue().path("owner").stringValue())));
        List<String> roles = new ArrayList<>();
        node.path("roles").forEach(role -> roles.add(role.stringValue()));
        JsonNode server = node.path("server");
        return new Baseline(
                node.path("system").stringValue(),
                Instant.parse(node.path("at").stringValue()),
                new Baseline.Origin(
                        text(node.path("origin").path("backup")),
                        text(node.path("origin").path("point")).map(Instant::parse)),
                new Baseline.Server(
                        server.path("version").stringValue(),
                        server.path("major").intValue(),
                        server.path("encoding").stringValue()),
                texts(node.path("extensions")),
                new TreeSet<>(roles),
                watermarks,
                tables);
    }

    private static Optional<String> text(JsonNode node) {
        return node.isString() ? Optional.of(node.stringValue()) : Optional.empty();
    }

    private static Map<String, String> texts(JsonNode node) {
        Map<String, String> texts = new TreeMap<>();
        node.propertyStream()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().stringValue()));
        return texts;
    }
}
