package dev.muster.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** Lets programs that insist on TLS speak with a server that has none, by a certificate of its own making. */
final class TlsFront implements AutoCloseable {
    private static final String PASSWORD = "only-for-this-test";

    private final URI behind;
    private final SSLServerSocket door;
    private final ExecutorService carriers = Executors.newCachedThreadPool(TlsFront::thread);

    TlsFront(Path folder, URI behind) throws Exception {
        this.behind = behind;
        this.door = (SSLServerSocket)
                context(folder).getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        carriers.execute(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    private static SSLContext context(Path folder) throws Exception {
        Path file = folder.resolve("tls.p12");
        Process made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "front",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-keystore",
                        file.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (made.waitFor() != 0) {
            throw new IllegalStateException("keytool made no certificate");
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Socket server = new Socket(behind.getHost(), behind.getPort());
                carriers.execute(() -> carry(client, server));
                carriers.execute(() -> carry(server, client));
            } catch (IOException e) {
                // The door was closed, or the server behind it is gone.
                return;
            }
        }
    }

    private static void carry(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] buffer = new byte[1 << 16];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
                out.flush();
            }
        } catch (IOException e) {
            // Either side has gone, and with it the need for the other.
            return;
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "tls");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() throws IOException {
        door.close();
        carriers.shutdownNow();
    }
}
