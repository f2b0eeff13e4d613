package dev.muster.telling.mail;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A mail server that wants STARTTLS before anything else, and then lets a plain one behind it speak. */
final class StartTlsFront implements AutoCloseable {
    private final SSLContext context;
    private final int behind;
    private final ServerSocket door = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final ExecutorService carriers = Executors.newCachedThreadPool();

    StartTlsFront(Path store, String password, int behind) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, password.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, password.toCharArray());
        this.context = SSLContext.getInstance("TLS");
        this.context.init(managers.getKeyManagers(), null, null);
        this.behind = behind;
        carriers.execute(this::serve);
    }

    int port() {
        return door.getLocalPort();
    }

    private void serve() {
        try (Socket plain = door.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), behind)) {
            // The greeting of the server behind comes from this one.
            line(server.getInputStream());
            say(plain, "220 front\r\n");
            line(plain.getInputStream());
            say(plain, "250-front\r\n250 STARTTLS\r\n");
            line(plain.getInputStream());
            say(plain, "220 go ahead\r\n");
            SSLSocket secure = (SSLSocket) context.getSocketFactory().createSocket(plain, null, port(), true);
            secure.setUseClientMode(false);
            secure.startHandshake();
            carriers.execute(() -> carry(server, secure));
            carry(secure, server);
        } catch (IOException ended) {
            // Whoever does not trust the certificate goes.
            return;
        }
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void line(InputStream in) throws IOException {
        int next = in.read();
        while (next >= 0 && next != '\n') {
            next = in.read();
        }
    }

    private static void carry(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8192];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
                out.flush();
            }
        } catch (IOException ended) {
            // Either side has gone.
            return;
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        carriers.shutdownNow();
    }
}
