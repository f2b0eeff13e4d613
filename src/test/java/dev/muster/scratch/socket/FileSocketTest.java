package dev.muster.scratch.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSocketTest {
    private static final int MANY = 8_000_000;

    @TempDir
    private Path temporary;

    private Path file = Path.of("");
    private ServerSocketChannel server = opened();

    @BeforeEach
    void listen() throws IOException {
        file = temporary.resolve("socket");
        server.bind(UnixDomainSocketAddress.of(file));
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private static ServerSocketChannel opened() {
        try {
            return ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Socket connected() throws IOException {
        Socket socket = new FileSockets(file.toString()).createSocket();
        socket.connect(InetSocketAddress.createUnresolved("wherever", 1), 1000);
        return socket;
    }

    @Test
    void says_that_nobody_listens() throws IOException {
        server.close();

        assertThatThrownBy(this::connected).isInstanceOf(IOException.class);
    }

    @Test
    void gives_up_reading_when_its_time_is_over_and_goes_on_afterwards() throws Exception {
        try (Socket socket = connected();
                SocketChannel other = server.accept()) {
            socket.setSoTimeout(30);
            InputStream input = socket.getInputStream();
            assertThatThrownBy(input::read).isInstanceOf(SocketTimeoutException.class);

            other.write(ByteBuffer.wrap(new byte[] {(byte) 200}));
            socket.setSoTimeout(0);
            assertThat(input.read()).isEqualTo(200);

            other.shutdownOutput();
            assertThat(input.read()).isEqualTo(-1);
        }
    }

    @Test
    void reads_and_writes_at_the_same_time() throws Exception {
        try (Socket socket = connected();
                SocketChannel other = server.accept()) {
            CompletableFuture<Void> read = CompletableFuture.runAsync(() -> {
                try {
                    socket.getInputStream().readNBytes(1);
                } catch (IOException broken) {
                    throw new UncheckedIOException(broken);
                }
            });
            // More than any buffer between the two holds.
            CompletableFuture<Integer> drained = CompletableFuture.supplyAsync(() -> drained(other));
            socket.getOutputStream().write(new byte[MANY]);
            assertThat(drained.get(10, TimeUnit.SECONDS)).isEqualTo(MANY);
            assertThat(read.isDone()).isFalse();

            other.write(ByteBuffer.wrap(new byte[1]));
            read.get(10, TimeUnit.SECONDS);
        }
    }

    private static int drained(SocketChannel channel) {
        int total = 0;
        try {
            while (total < MANY) {
                total += channel.read(ByteBuffer.allocate(100_000));
            }
            return total;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Test
    void ends_reading_when_another_thread_closes_it() throws Exception {
        Socket socket = connected();
        try (SocketChannel other = server.accept()) {
            InputStream input = socket.getInputStream();
            CompletableFuture<Throwable> ended = CompletableFuture.supplyAsync(() -> {
                try {
                    input.read();
                    return new AssertionError("read on");
                } catch (IOException closed) {
                    return closed;
                }
            });
            assertThatThrownBy(() -> ended.get(100, TimeUnit.MILLISECONDS))
                    .isInstanceOf(java.util.concurrent.TimeoutException.class);

            socket.close();

            assertThat(ended.get(10, TimeUnit.SECONDS)).isInstanceOf(SocketException.class);
            assertThat(socket.isClosed()).isTrue();
            // The other end hears of it.
            assertThat(other.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        }
    }

    @Test
    void an_interrupt_leaves_it_whole_and_is_not_forgotten() throws Exception {
        try (Socket socket = connected();
                SocketChannel other = server.accept()) {
            Thread.currentThread().interrupt();
            socket.setSoTimeout(30);
            InputStream input = socket.getInputStream();
            assertThatThrownBy(input::read).isInstanceOf(SocketTimeoutException.class);

            assertThat(Thread.interrupted()).isTrue();
            other.write(ByteBuffer.wrap(new byte[] {7}));
            assertThat(input.read()).isEqualTo(7);
        }
    }

    @Test
    void an_interrupt_does_not_keep_from_connecting() throws Exception {
        Thread.currentThread().interrupt();
        try (Socket socket = connected()) {
            assertThat(Thread.interrupted()).isTrue();
            assertThat(socket.isConnected()).isTrue();
        }
    }
}
