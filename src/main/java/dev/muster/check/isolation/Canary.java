package dev.muster.check.isolation;

import dev.muster.drill.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;

/** Listens on this machine's own loopback address, which nothing inside a scratch may reach. */
final class Canary implements Nearest {
    private static final int MOST_WAITING = 5;
    /** Zero would wait for ever; whoever was there waits in the system's queue already. */
    private static final int SHORTEST_WAIT = 1;

    private final ServerSocket server;
    private boolean visited;

    Canary() throws IOException {
        server = new ServerSocket(0, MOST_WAITING, InetAddress.getLoopbackAddress());
        server.setSoTimeout(SHORTEST_WAIT);
    }

    @Override
    public WayOut way() {
        return WayOut.connection(
                "this machine's own loopback",
                new Endpoint(server.getInetAddress().getHostAddress(), server.getLocalPort()));
    }

    /** What this says cannot be forged inside the scratch. */
    @Override
    public boolean visited() throws IOException {
        try {
            server.accept().close();
            visited = true;
        } catch (SocketTimeoutException nobody) {
            return visited;
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
