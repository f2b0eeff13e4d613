package dev.muster.scratch.inside;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * Listens on a socket file, which can be reached from outside the network that this runs in, and leads each connection to
 * the port of this network's loopback address that its first two bytes name.
 */
public final class Relay {
    private Relay() {}

    /** Listens until it is ended, on the socket file that is its one argument. */
    public static void main(String[] arguments) throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(Path.of(arguments[0])));
            System.out.println("listening");
            while (true) {
                SocketChannel accepted = server.accept();
                Thread thread = new Thread(() -> serve(accepted), "relay");
                thread.setDaemon(true);
                thread.start();
            }
        }
    }

    private static void serve(SocketChannel accepted) {
        try (accepted) {
            ByteBuffer port = ByteBuffer.allocate(Short.BYTES);
            while (port.hasRemaining()) {
                if (accepted.read(port) < 0) {
                    return;
                }
            }
            InetSocketAddress target =
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), Short.toUnsignedInt(port.getShort(0)));
            Exchange.between(accepted, SocketChannel.open(target));
        } catch (IOException refused) {
            // Whoever connected sees his connection end; there is nobody else to tell.
            return;
        }
    }
}
