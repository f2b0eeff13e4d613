package dev.muster.scratch;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.scratch.inside.Exchange;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * Lets those beside a scratch in to one of its ports, which listens on the scratch's own loopback address alone. Who they
 * are is for the network of the scratch to decide, and for the server to ask.
 */
public final class ServerDoor implements AutoCloseable {
    private final ServerSocketChannel door;
    private final InetSocketAddress server;

    private ServerDoor(ServerSocketChannel door, InetSocketAddress server) {
        this.door = door;
        this.server = server;
    }

    public static ServerDoor to(InetSocketAddress server) {
        try {
            ServerSocketChannel door = ServerSocketChannel.open();
            door.bind(new InetSocketAddress(0));
            ServerDoor opened = new ServerDoor(door, server);
            daemon("door to " + server, opened::welcome);
            return opened;
        } catch (IOException failed) {
            throw new CouldNotRun(
                    new Problem(
                            "The database cannot be let out to the application: " + failed.getMessage(),
                            server.toString(),
                            "See what holds so many ports of the pod, and run the drill again."),
                    failed);
        }
    }

    public int port() {
        return door.socket().getLocalPort();
    }

    private void welcome() {
        try {
            while (true) {
                SocketChannel guest = door.accept();
                daemon("guest of " + server, () -> lead(guest));
            }
        } catch (IOException closed) {
            return;
        }
    }

    private void lead(SocketChannel guest) {
        try (guest) {
            Exchange.between(guest, SocketChannel.open(server));
        } catch (IOException refused) {
            // The guest sees his connection end, as with any server that is gone.
            return;
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
