package dev.muster.app.demo.standin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Odoo's ways in: pages, JSON-RPC, XML-RPC and downloads. */
final class Endpoints implements HttpHandler {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String JSON = "application/json; charset=utf-8";
    private static final String EXPIRED = "odoo.http.SessionExpiredException";
    private static final String HTML = "text/html; charset=utf-8";

    private final Books books;
    private final Path filestore;
    private final Map<String, Integer> sessions = new ConcurrentHashMap<>();

    Endpoints(Books books, Path filestore) {
        this.books = books;
        this.filestore = filestore;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        try (exchange;
                Connection connection = books.connect()) {
            connection.setAutoCommit(false);
            handle(path, exchange, connection);
        } catch (SQLException error) {
            System.err.println("ERROR stand-in: " + error.getMessage());
        }
    }

    private void handle(String path, HttpExchange exchange, Connection connection) throws IOException, SQLException {
        if (path.equals("/web/health")) {
            answer(exchange, 200, JSON, "{\"status\": \"pass\"}");
        } else if (path.equals("/web/login")) {
            answer(exchange, 200, HTML, "<html><form><input name=\"login\"/><input name=\"password\"/></form></html>");
        } else if (path.startsWith("/xmlrpc/2/")) {
            xmlRpc(path.substring("/xmlrpc/2/".length()), exchange, connection);
        } else if (path.equals("/jsonrpc")
                || path.equals("/web/session/authenticate")
                || path.startsWith("/web/dataset/call_kw")) {
            jsonRpc(path, exchange, connection);
        } else if (path.startsWith("/web/content/")) {
            download(Integer.parseInt(path.substring("/web/content/".length())), exchange, connection);
        } else if (path.startsWith("/report/html/account.report_invoice/")) {
            invoice(Integer.parseInt(path.substring(path.lastIndexOf('/') + 1)), exchange, connection);
        } else if (path.startsWith("/json/2/")) {
            answer(
                    exchange,
                    401,
                    JSON,
                    "{\"name\": \"werkzeug.exceptions.Unauthorized\", \"message\": \"Invalid apikey\"}");
        } else {
            answer(exchange, 404, HTML, "Not Found");
        }
    }

    private void xmlRpc(String service, HttpExchange exchange, Connection connection) throws IOException, SQLException {
        XmlCall call = XmlCall.read(exchange.getRequestBody().readAllBytes());
        String text;
        try {
            text = XmlCall.response(serve(service, call.method(), call.params(), connection));
            connection.commit();
        } catch (Denied denied) {
            connection.rollback();
            text = XmlCall.fault(3, String.valueOf(denied.getMessage()));
        } catch (SQLException error) {
            connection.rollback();
            System.err.println("ERROR stand-in: " + error.getMessage());
            text = XmlCall.fault(1, "Traceback (most recent call last):\n" + error.getMessage());
        }
        answer(exchange, 200, "text/xml; charset=utf-8", text);
    }

    private void jsonRpc(String path, HttpExchange exchange, Connection connection) throws IOException, SQLException {
        JsonNode request =
                JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
        JsonNode params = request.path("params");
        ObjectNode answer = NODES.objectNode().put("jsonrpc", "2.0");
        answer.set("id", request.path("id"));
        try {
            answer.set("result", result(path, params, exchange, connection));
            connection.commit();
        } catch (Denied denied) {
            connection.rollback();
            answer.set("error", error(denied.kind(), String.valueOf(denied.getMessage())));
            if (denied.kind().equals(EXPIRED)) {
                answer.set("id", NODES.nullNode());
            }
        } catch (SQLException error) {
            connection.rollback();
            System.err.println("ERROR stand-in: " + error.getMessage());
            answer.set("error", error("psycopg2.errors", String.valueOf(error.getMessage())));
        }
        answer(exchange, 200, JSON, answer.toString());
    }

    private JsonNode result(String path, JsonNode params, HttpExchange exchange, Connection connection)
            throws SQLException, Denied {
        if (path.equals("/jsonrpc")) {
            return serve(
                    params.path("service").asString(),
                    params.path("method").asString(),
                    params.path("args"),
                    connection);
        }
        if (path.equals("/web/session/authenticate")) {
            return authenticated(params, exchange, connection);
        }
        int user = user(exchange).orElseThrow(() -> new Denied(EXPIRED, "Odoo Session Expired"));
        return new Models(connection, user)
                .call(
                        params.path("model").asString(),
                        params.path("method").asString(),
                        params.path("args"),
                        params.path("kwargs"));
    }

    private JsonNode authenticated(JsonNode params, HttpExchange exchange, Connection connection)
            throws SQLException, Denied {
        String login = params.path("login").asString();
        int user = books.user(connection, login, params.path("password").asString())
                .orElseThrow(Denied::access);
        byte[] random = new byte[20];
        new SecureRandom().nextBytes(random);
        String session = HexFormat.of().formatHex(random);
        sessions.put(session, user);
        exchange.getResponseHeaders().add("Set-Cookie", "session_id=" + session + "; HttpOnly; Path=/");
        return NODES.objectNode()
                .put("uid", user)
                .put("db", books.database())
                .put("username", login)
                .put("server_version", "19.0");
    }

    /** The calls that name the user and the password each time. */
    private JsonNode serve(String service, String method, JsonNode args, Connection connection)
            throws SQLException, Denied {
        if (service.equals("common") && method.equals("version")) {
            ObjectNode version = NODES.objectNode().put("server_version", "19.0");
            version.set(
                    "server_version_info",
                    NODES.arrayNode().add(19).add(0).add(0).add("final").add(0).add(""));
            return version.put("server_serie", "19.0").put("protocol_version", 1);
        }
        if (service.equals("common")) {
            return books.user(connection, args.path(1).asString(), args.path(2).asString())
                    .<JsonNode>map(NODES::numberNode)
                    .orElse(NODES.booleanNode(false));
        }
        int user = args.path(1).intValue();
        if (!books.knows(connection, user, args.path(2).asString())) {
            throw Denied.access();
        }
        return new Models(connection, user)
                .call(args.path(3).asString(), args.path(4).asString(), args.path(5), args.path(6));
    }

    /** A file that is not there is answered with no bytes and no error, as Odoo does. */
    private void download(int attachment, HttpExchange exchange, Connection connection)
            throws IOException, SQLException {
        Optional<String> name = user(exchange).isEmpty() ? Optional.empty() : books.storedName(connection, attachment);
        if (name.isEmpty()) {
            answer(exchange, 404, HTML, "Not Found");
            return;
        }
        Path file = filestore.resolve(name.get());
        byte[] content = new byte[0];
        if (Files.isRegularFile(file)) {
            content = Files.readAllBytes(file);
        } else {
            System.err.println("INFO stand-in: _read_file reading " + file + ": no such file");
        }
        answer(exchange, 200, "application/octet-stream", content);
    }

    private void invoice(int move, HttpExchange exchange, Connection connection) throws IOException, SQLException {
        if (user(exchange).isEmpty()) {
            answer(exchange, 403, HTML, "Forbidden");
            return;
        }
        answer(exchange, 200, HTML, "<html><h1>Invoice " + books.invoiceName(connection, move) + "</h1></html>");
    }

    private Optional<Integer> user(HttpExchange exchange) {
        String cookies = exchange.getRequestHeaders().getFirst("Cookie");
        return Optional.ofNullable(session(cookies)).map(sessions::get);
    }

    private static @Nullable String session(@Nullable String cookies) {
        if (cookies == null) {
            return null;
        }
        for (String cookie : cookies.split(";", -1)) {
            String[] parts = cookie.strip().split("=", 2);
            if (parts.length == 2 && parts[0].equals("session_id")) {
                return parts[1].replace("\"", "");
            }
        }
        return null;
    }

    private static JsonNode error(String name, String message) {
        ObjectNode error = NODES.objectNode().put("code", 0).put("message", "Odoo Server Error");
        error.set("data", NODES.objectNode().put("name", name).put("message", message));
        return error;
    }

    private static void answer(HttpExchange exchange, int status, String kind, String text) throws IOException {
        answer(exchange, status, kind, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, int status, String kind, byte[] content) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", kind);
        exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
        if (content.length > 0) {
            exchange.getResponseBody().write(content);
        }
    }
}
