package dev.muster.orchestrator.remote;

import dev.muster.drill.Problem;
import dev.muster.scratch.Companions;
import dev.muster.scratch.Worker;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A line to the worker's socket that can be cut, and can lose what goes over it. */
final class Line implements Worker {
    final AtomicInteger opened = new AtomicInteger();
    private final Path socket;
    private final AtomicInteger unseen = new AtomicInteger();
    private volatile Optional<Problem> gone = Optional.empty();
    private volatile Optional<String> always = Optional.empty();
    private volatile boolean deaf;
    private volatile boolean dead;
    private volatile boolean chokes;
    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicInteger refuse = new AtomicInteger();
    private volatile Optional<SocketChannel> last = Optional.empty();

    Line(Path socket) {
        this.socket = socket;
    }

    void cut(int refused) {
        refuse.set(refused);
        last.ifPresent(channel -> {
            try {
                channel.close();
            } catch (IOException closed) {
                throw new IllegalStateException(closed);
            }
        });
    }

    void gone(Problem why) {
        gone(why, 0);
    }

    /** It is seen only after having been looked for so often. */
    void gone(Problem why, int looks) {
        unseen.set(looks);
        gone = Optional.of(why);
    }

    void says(String text) {
        always = Optional.of(text);
    }

    void deafen() {
        deaf = true;
    }

    void hear() {
        deaf = false;
    }

    /** The next conversation loses all that the worker says, though nobody has hung up. */
    void die() {
        dead = true;
    }

    /** The next conversation refuses all but the first line that is said to the worker, and stays open. */
    void choke() {
        chokes = true;
    }

    /** How often a dead line has lost something. */
    int lost() {
        return lost.get();
    }

    @Override
    public Conversation talk() throws IOException {
        if (refuse.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IOException("the line is cut");
        }
        opened.incrementAndGet();
        if (always.isPresent()) {
            return new Open(
                    new ByteArrayInputStream(always.get().getBytes(StandardCharsets.UTF_8)),
                    OutputStream.nullOutputStream(),
                    () -> {});
        }
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
        } catch (IOException notYet) {
            channel.close();
            throw notYet;
        }
        last = Optional.of(channel);
        InputStream in = Channels.newInputStream(channel);
        OutputStream out = chokes ? new Choking(new Into(channel)) : new Into(channel);
        chokes = false;
        boolean dies = dead;
        dead = false;
        return new Open(dies ? new Losing(in, lost) : in, deaf ? new FirstLineOnly(out) : out, channel::close);
    }

    @Override
    public Optional<Problem> gone() {
        return gone.filter(why -> unseen.getAndUpdate(left -> Math.max(0, left - 1)) == 0);
    }

    @Override
    public void cutOff() {
        throw new AssertionError("whoever answers does that");
    }

    @Override
    public Companions companions() {
        throw new AssertionError("whoever answers knows them");
    }

    private interface Closing {
        void close() throws IOException;
    }

    private record Open(InputStream hears, OutputStream says, Closing closing) implements Conversation {
        @Override
        public void close() {
            try {
                closing.close();
            } catch (IOException closed) {
                throw new IllegalStateException(closed);
            }
        }
    }

    /** The JDK's own stream into a channel waits until nobody reads from it. */
    private static final class Into extends OutputStream {
        private final SocketChannel channel;

        Into(SocketChannel channel) {
            this.channel = channel;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            ByteBuffer left = ByteBuffer.wrap(bytes, from, length);
            while (left.hasRemaining()) {
                channel.write(left);
            }
        }
    }

    /** Takes everything, and gives nothing until the other side hangs up. */
    private static final class Losing extends FilterInputStream {
        private final AtomicInteger lost;

        Losing(InputStream in, AtomicInteger lost) {
            super(in);
            this.lost = lost;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            while (super.read(bytes, from, length) >= 0) {
                lost.incrementAndGet();
            }
            return -1;
        }
    }

    /** Loses all but the first line. */
    private static final class FirstLineOnly extends OutputStream {
        private final OutputStream out;
        private boolean over;

        FirstLineOnly(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int one) throws IOException {
            if (!over) {
                out.write(one);
                over = one == '\n';
            }
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }
    }

    /** Refuses all but the first line. */
    private static final class Choking extends FilterOutputStream {
        private boolean over;

        Choking(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            if (over) {
                throw new IllegalStateException("could not send");
            }
            out.write(bytes);
            over = true;
        }
    }
}
