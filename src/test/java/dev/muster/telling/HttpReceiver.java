package dev.muster.telling;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that is told, and answers as a test wants it to. */
final class HttpReceiver implements AutoCloseable {
    final List<Told> told = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private volatile Behaviour behaviour = exchange -> exchange.sendResponseHeaders(204, -1);

    /** A request that came in. */
    record Told(Headers headers, String body) {}

    /** How it answers. */
    interface Behaviour {
        void answer(HttpExchange exchange) throws IOException;
    }

    HttpReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            told.add(new Told(
                    exchange.getRequestHeaders(),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            try (exchange) {
                behaviour.answer(exchange);
            }
        });
        server.start();
    }

    HttpReceiver that(Behaviour answers) {
        behaviour = answers;
        return this;
    }

    HttpReceiver answering(int status, String... header) {
        return that(exchange -> {
            for (int index = 0; index < header.length; index += 2) {
                exchange.getResponseHeaders().set(header[index], header[index + 1]);
            }
            exchange.sendResponseHeaders(status, -1);
        });
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
