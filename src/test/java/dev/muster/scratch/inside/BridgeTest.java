package dev.muster.scratch.inside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BridgeTest {
    @TempDir
    private Path temporary;

    @Test
    void carries_both_directions_until_the_socket_ends() throws Exception {
        Path file = temporary.resolve("socket");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(file));
            Process bridge = bridge(file);
            try (SocketChannel worker = server.accept()) {
                worker.write(ByteBuffer.wrap("ready\n".getBytes(StandardCharsets.UTF_8)));
                assertThat(bridge.inputReader().readLine()).isEqualTo("ready");
                say(bridge, "begin\n");
                ByteBuffer heard = ByteBuffer.allocate(6);
                while (heard.hasRemaining()) {
                    worker.read(heard);
                }
                assertThat(heard.array()).asString(StandardCharsets.UTF_8).isEqualTo("begin\n");
                worker.write(ByteBuffer.wrap("done\n".getBytes(StandardCharsets.UTF_8)));
            }
            assertThat(bridge.inputReader().readLine()).isEqualTo("done");
            assertThat(bridge.waitFor()).isZero();
        }
    }

    @Test
    void ends_when_its_input_ends_and_the_worker_has_answered() throws Exception {
        Path file = temporary.resolve("socket");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(file));
            Process bridge = bridge(file);
            try (SocketChannel worker = server.accept()) {
                bridge.getOutputStream().close();
                assertThat(worker.read(ByteBuffer.allocate(1))).isEqualTo(-1);
            }
            assertThat(bridge.waitFor()).isZero();
        }
    }

    @Test
    void says_that_nobody_listens() throws Exception {
        Path file = temporary.resolve("nobody");

        Process bridge = bridge(file);

        assertThat(new String(bridge.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains(file.toString())
                .hasLineCount(1);
        assertThat(bridge.waitFor()).isEqualTo(1);
    }

    private static Process bridge(Path file) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home", ""), "bin", "java")
                                .toString(),
                        "-Xmx32m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path", ""),
                        Bridge.class.getName(),
                        file.toString())
                .start();
    }

    private static void say(Process bridge, String words) throws IOException {
        OutputStream said = bridge.getOutputStream();
        said.write(words.getBytes(StandardCharsets.UTF_8));
        said.flush();
    }
}
