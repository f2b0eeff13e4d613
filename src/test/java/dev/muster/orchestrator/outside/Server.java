package dev.muster.orchestrator.outside;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A small HTTP server that answers as a test wants. */
final class Server implements AutoCloseable {
    private final HttpServer server;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile Answering answering;

    /** What was asked; the path with what stands after it, names of headers in small letters. */
    record Request(String method, String path, Map<String, String> headers, String body) {}

    /** What is answered. */
    record Answer(int status, String text) {}

    interface Answering {
        Answer to(Request request);
    }

    Server(Answering answering) throws IOException {
        this.answering = answering;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            Map<String, String> headers = new TreeMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Request request = new Request(
                    exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, body);
            requests.add(request);
            Answer answer = this.answering.to(request);
            byte[] text = answer.text().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("ETag", "\"0\"");
            exchange.getResponseHeaders().set("Last-Modified", "Sun, 01 Nov 2026 03:00:00 GMT");
            if (request.method().equals("HEAD")) {
                exchange.getResponseHeaders().set("Content-Length", Integer.toString(text.length));
                exchange.sendResponseHeaders(answer.status(), -1);
            } else {
                exchange.sendResponseHeaders(answer.status(), text.length == 0 ? -1 : text.length);
                exchange.getResponseBody().write(text);
            }
            exchange.close();
        });
        server.start();
    }

    void answers(Answering now) {
        answering = now;
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
