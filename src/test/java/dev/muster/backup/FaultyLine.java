package dev.muster.backup;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** A line to a server that remembers what was asked, and does to each answer what a test wants. */
public final class FaultyLine implements AutoCloseable {
    /** The answer that never comes. */
    public static final byte[] SILENCE = new byte[0];

    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final URI server;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private volatile Fault fault = (request, answer) -> answer;

    public FaultyLine(URI server) throws IOException {
        this.server = server;
        Thread thread = new Thread(this::accept, "faulty line");
        thread.setDaemon(true);
        thread.start();
    }

    /** What becomes of the answer to a request whose first line is given. */
    public interface Fault {
        byte[] answer(String request, byte[] answer);
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort());
    }

    public void does(Fault now) {
        fault = now;
    }

    /** The first line of each request. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /** Each request without its body. */
    public List<String> heads() {
        return List.copyOf(heads);
    }

    /** Adds header lines to an answer. */
    public static byte[] with(byte[] answer, String... headers) {
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        String more = String.join("\r\n", headers);
        return text.replaceFirst("\r\n", "\r\n" + more + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Changes the body of an answer, whose length stays what it was. */
    public static byte[] body(byte[] answer, UnaryOperator<byte[]> change) {
        int start = new String(answer, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") + 4;
        ByteArrayOutputStream changed = new ByteArrayOutputStream();
        changed.write(answer, 0, start);
        byte[] body = new byte[answer.length - start];
        System.arraycopy(answer, start, body, 0, body.length);
        changed.writeBytes(change.apply(body));
        return changed.toByteArray();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                open.add(client);
                Thread thread = new Thread(() -> serve(client), "faulty line");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    /** One request for each connection, so that an answer ends where the server hangs up. */
    private void serve(Socket client) {
        try (client;
                Socket upstream = new Socket(server.getHost(), server.getPort())) {
            String head = head(client.getInputStream());
            String request = head.substring(0, head.indexOf("\r\n"));
            asked.add(request);
            heads.add(head);
            upstream.getOutputStream()
                    .write(head.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")
                            .replaceAll("(?i)Connection: keep-alive\r\n", "")
                            .getBytes(StandardCharsets.ISO_8859_1));
            byte[] answer = fault.answer(request, upstream.getInputStream().readAllBytes());
            if (answer == SILENCE) {
                client.getInputStream().read();
                return;
            }
            OutputStream output = client.getOutputStream();
            output.write(answer);
            output.flush();
        } catch (IOException e) {
            // A client that gave up is what some tests are about.
            asked.add("broke off");
        }
    }

    private static String head(InputStream input) throws IOException {
        StringBuilder head = new StringBuilder();
        int next;
        while (!head.toString().endsWith("\r\n\r\n") && (next = input.read()) >= 0) {
            head.append((char) next);
        }
        return head.toString();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
