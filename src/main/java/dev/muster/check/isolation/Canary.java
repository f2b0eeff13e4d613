package dev.muster.check.isolation;

import dev.muster.drill.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Listens on this machine's own loopback address, which nothing inside a scratch may reach. */
final class Canary implements AutoCloseable {
    private final ServerSocket server;
    private volatile boolean visited;

    Canary() throws IOException {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread watch = new Thread(this::watch, "canary");
        watch.setDaemon(true);
        watch.start();
    }

    private void watch() {
        try {
            while (true) {
                Socket visitor = server.accept();
                visited = true;
                visitor.close();
            }
        } catch (IOException closed) {
            return;
        }
    }

    WayOut way() {
        return WayOut.connection(
                "this machine's own loopback",
                new Endpoint(server.getInetAddress().getHostAddress(), server.getLocalPort()));
    }

    /** Whether anybody was there; what this says cannot be forged inside the scratch. */
    boolean visited() {
        return visited;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
