package dev.muster.scratch.inside;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Carries bytes between two connections, in both directions, until both have ended. */
public final class Exchange {
    private static final int AT_ONCE = 64 * 1024;

    private Exchange() {}

    /** Carries on until the end; closes both. */
    public static void between(SocketChannel one, SocketChannel other) throws IOException {
        try (one;
                other) {
            Thread back = new Thread(() -> carry(other, one), "exchange");
            back.setDaemon(true);
            back.start();
            carry(one, other);
            back.join();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static void carry(SocketChannel from, SocketChannel to) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(AT_ONCE);
        try {
            while (from.read(buffer.clear()) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
            }
            to.shutdownOutput();
        } catch (IOException broken) {
            close(from);
            close(to);
        }
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException alreadyGone) {
            return;
        }
    }
}
