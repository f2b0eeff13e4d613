package dev.muster.scratch.socket;

import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/** Waits until a channel can go on in one direction; closing it ends the waiting. */
final class Readiness {
    private final Selector selector;

    Readiness(SocketChannel channel, int direction) throws IOException {
        this.selector = channel.provider().openSelector();
        channel.register(selector, direction);
    }

    /**
     * Whether the channel can go on before the time is over; without end for 0. An interrupt does not end it, as it does
     * not for sockets of the network.
     */
    boolean within(int milliseconds) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
        boolean interrupted = false;
        try {
            while (true) {
                // With the interrupt pending, the selector would not wait at all.
                interrupted |= Thread.interrupted();
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                selector.select(milliseconds == 0 ? 0 : Math.max(1, left));
                if (!selector.selectedKeys().isEmpty()) {
                    selector.selectedKeys().clear();
                    return true;
                }
                if (milliseconds > 0 && System.nanoTime() - deadline >= 0) {
                    return false;
                }
            }
        } catch (ClosedSelectorException closed) {
            throw (IOException) new AsynchronousCloseException().initCause(closed);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    void close() throws IOException {
        selector.close();
    }
}
