package dev.muster.web.stream;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What one viewer gets. It writes as fast as the viewer reads and never waits: what the viewer has not read yet when
 * something newer comes, that viewer never gets.
 */
final class EventStream implements WriteListener {
    /** Small enough to see that somebody reads, however slowly. */
    private static final int PIECE = 1 << 14;

    private static final byte[] NOTHING = {};

    private final ServletOutputStream output;
    private final Clock clock;
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
    private byte @Nullable [] next;
    private byte[] begun = NOTHING;
    private int written;
    private boolean toFlush;
    private boolean last;
    private Instant moved;

    EventStream(ServletOutputStream output, Clock clock) {
        this.output = output;
        this.clock = clock;
        this.moved = clock.instant();
    }

    /** Completed when nothing more is written. */
    CompletableFuture<@Nullable Void> ended() {
        return ended;
    }

    /** Takes the place of what was not sent yet. */
    synchronized void send(byte[] event) {
        next = event;
        write();
    }

    /** Shows that somebody is still there, when there is nothing else to say. */
    synchronized void beat(byte[] comment) {
        if (next == null) {
            send(comment);
        }
    }

    /** Ends when all has been sent. */
    synchronized void endAfterwards() {
        last = true;
        write();
    }

    /** Whether nothing could be sent for so long although there was something. */
    synchronized boolean stuckFor(Duration time) {
        return (next != null || toFlush || written < begun.length)
                && moved.plus(time).isBefore(clock.instant());
    }

    void end() {
        ended.complete(null);
    }

    @Override
    public synchronized void onWritePossible() {
        write();
    }

    @Override
    public void onError(Throwable gone) {
        end();
    }

    private void write() {
        try {
            while (!ended.isDone() && output.isReady()) {
                moved = clock.instant();
                if (written < begun.length) {
                    int piece = Math.min(PIECE, begun.length - written);
                    written += piece;
                    toFlush = written == begun.length;
                    output.write(begun, written - piece, piece);
                } else if (toFlush) {
                    toFlush = false;
                    output.flush();
                } else if (next != null) {
                    begun = next;
                    written = 0;
                    next = null;
                } else {
                    if (last) {
                        end();
                    }
                    return;
                }
            }
        } catch (IOException | IllegalStateException gone) {
            end();
        }
    }
}
