package dev.muster.scratch;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.scratch.inside.Exchange;
import dev.muster.scratch.inside.Relay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The way from this machine into the network of one scratch, and never out of it: a relay inside takes connections over a
 * socket file.
 */
final class Passage implements AutoCloseable {
    private static final long START_SECONDS = 20;

    private final Path socket;
    private final Running relay;
    private final Map<Integer, ServerSocketChannel> doors = new HashMap<>();

    private Passage(Path socket, Running relay) {
        this.socket = socket;
        this.relay = relay;
    }

    static Passage into(Scratch scratch, Path sockets) {
        Path socket = sockets.resolve("relay");
        CountDownLatch listening = new CountDownLatch(1);
        Running relay = scratch.start(new JavaProgram(Relay.class, List.of(Exchange.class))
                .in(scratch, List.of(socket.toString()), line -> listening.countDown()));
        try {
            if (listening.await(START_SECONDS, TimeUnit.SECONDS) && relay.exit().isEmpty()) {
                return new Passage(socket, relay);
            }
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
        }
        relay.stop();
        throw new CouldNotRun(new Problem(
                "Nothing in the scratch can be reached, since the relay in it did not start: "
                        + String.join(" / ", relay.lastLines()),
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
                "Let the user that runs the scratch's programs run that Java, or run Muster with one that all may run,"
                        + " for example of `apt install openjdk-17-jre-headless`."));
    }

    /** A port of this machine's loopback address that leads to that port inside. */
    synchronized InetSocketAddress to(int port) {
        return address(doors.computeIfAbsent(port, this::door));
    }

    private static InetSocketAddress address(ServerSocketChannel door) {
        try {
            return (InetSocketAddress) door.getLocalAddress();
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }

    private ServerSocketChannel door(int port) {
        try {
            ServerSocketChannel door = ServerSocketChannel.open();
            door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            daemon("door to port " + port, () -> open(door, port));
            return door;
        } catch (IOException failed) {
            throw new CouldNotRun(
                    new Problem(
                            "This machine has no free port: " + failed.getMessage(),
                            "127.0.0.1",
                            "See with `ss -s` what holds so many, and run the drill again."),
                    failed);
        }
    }

    private void open(ServerSocketChannel door, int port) {
        try {
            while (true) {
                SocketChannel guest = door.accept();
                daemon("guest of port " + port, () -> lead(guest, port));
            }
        } catch (IOException closed) {
            return;
        }
    }

    private void lead(SocketChannel guest, int port) {
        try (guest) {
            SocketChannel inside = SocketChannel.open(StandardProtocolFamily.UNIX);
            inside.connect(UnixDomainSocketAddress.of(socket));
            inside.write(ByteBuffer.allocate(Short.BYTES).putShort(0, (short) port));
            Exchange.between(guest, inside);
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
    public synchronized void close() {
        relay.stop();
        try {
            for (ServerSocketChannel door : doors.values()) {
                door.close();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
