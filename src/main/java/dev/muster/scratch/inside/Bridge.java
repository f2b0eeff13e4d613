package dev.muster.scratch.inside;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** Carries its input to a socket file, and what comes from there to its output, until one of both ends. */
public final class Bridge {
    private static final int AT_ONCE = 64 * 1024;

    private Bridge() {}

    /** Bridges to the socket file that is its one argument. */
    public static void main(String[] arguments) {
        System.exit(bridged(Path.of(arguments[0]), new FileInputStream(FileDescriptor.in)));
    }

    private static int bridged(Path file, InputStream input) {
        try (SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.connect(UnixDomainSocketAddress.of(file));
            Thread there = new Thread(() -> carry(input, socket), "there");
            there.setDaemon(true);
            there.start();
            back(socket, new FileOutputStream(FileDescriptor.out));
            return 0;
        } catch (IOException failed) {
            System.err.println(file + ": " + failed.getMessage());
            return 1;
        }
    }

    private static void carry(InputStream input, SocketChannel socket) {
        byte[] bytes = new byte[AT_ONCE];
        try {
            for (int read = input.read(bytes); read >= 0; read = input.read(bytes)) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, read);
                while (buffer.hasRemaining()) {
                    socket.write(buffer);
                }
            }
            // Whoever has said everything may still want to hear the answer.
            socket.shutdownOutput();
        } catch (IOException broken) {
            // The other direction ends with it, and says so.
            return;
        }
    }

    private static void back(SocketChannel socket, OutputStream output) throws IOException {
        byte[] bytes = new byte[AT_ONCE];
        for (int read = socket.read(ByteBuffer.wrap(bytes)); read >= 0; read = socket.read(ByteBuffer.wrap(bytes))) {
            output.write(bytes, 0, read);
        }
    }
}
