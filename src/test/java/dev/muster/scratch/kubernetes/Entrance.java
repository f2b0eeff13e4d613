package dev.muster.scratch.kubernetes;

import dev.muster.drill.Endpoint;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.fabric8.mockwebserver.vertx.HttpServerRequestHandler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Where a staged server is connected to; while it is shut, whoever knocks is turned away, and nobody is left inside. */
final class Entrance implements AutoCloseable {
    /** As much as one message may hold for an API server that passes it on. */
    private static final int LARGEST = 64 << 20;

    private final Vertx vertx = Vertx.vertx();
    private final String host;
    private final Dispatcher server;
    private final AtomicInteger knocks = new AtomicInteger();
    private Optional<HttpServer> open = Optional.empty();
    private Optional<ServerSocket> shut = Optional.empty();
    private int port;

    Entrance(String host, Dispatcher server) {
        this.host = host;
        this.server = server;
    }

    /** Opens it, at the same port as before. */
    synchronized void open() {
        unlock();
        HttpServer listening = vertx.createHttpServer(new HttpServerOptions()
                        .setHost(host)
                        .setPort(port)
                        .setHttp2ClearTextEnabled(false)
                        .setWebSocketSubProtocols(List.of("v5.channel.k8s.io", "v4.channel.k8s.io"))
                        .setMaxWebSocketFrameSize(LARGEST)
                        .setMaxWebSocketMessageSize(LARGEST))
                .requestHandler(new HttpServerRequestHandler(vertx) {
                    @Override
                    protected MockResponse onHttpRequest(RecordedRequest request) {
                        return server.dispatch(request);
                    }
                })
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        port = listening.actualPort();
        open = Optional.of(listening);
    }

    /** Shuts it, and counts anew who knocks. */
    synchronized void shut() throws IOException {
        leave();
        knocks.set(0);
        ServerSocket door = new ServerSocket();
        door.bind(new InetSocketAddress(host, port));
        shut = Optional.of(door);
        Thread porter = new Thread(() -> turnAway(door), "turns away");
        porter.setDaemon(true);
        porter.start();
    }

    private void turnAway(ServerSocket door) {
        while (!door.isClosed()) {
            try (Socket guest = door.accept()) {
                guest.setSoLinger(true, 0);
                knocks.incrementAndGet();
            } catch (IOException opened) {
                return;
            }
        }
    }

    /** How often somebody has been turned away. */
    int knocks() {
        return knocks.get();
    }

    private void leave() {
        open.ifPresent(server ->
                server.close().toCompletionStage().toCompletableFuture().join());
        open = Optional.empty();
    }

    private void unlock() {
        try {
            if (shut.isPresent()) {
                shut.get().close();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        shut = Optional.empty();
    }

    synchronized Endpoint place() {
        return new Endpoint(host, port);
    }

    @Override
    public synchronized void close() {
        unlock();
        leave();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
