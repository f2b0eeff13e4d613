package dev.muster.scratch.inside;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Tries to get out of where it runs, all ways at once and within seconds. Each argument is a way: {@code tcp HOST PORT},
 * {@code dns SERVER}, {@code name HOST}. For each, a line says its number, {@code reached} or {@code not}, and why; a
 * last one says whether a place was reached that must be.
 */
public final class Attempts {
    private static final int PATIENCE_MILLISECONDS = 3000;
    private static final int NAMES = 53;
    private static final String CONTROL = "control";

    private Attempts() {}

    /** Makes the attempts and ends. */
    public static void main(String[] ways) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int number = 0; number < ways.length; number++) {
            threads.add(started(String.valueOf(number), ways[number]));
        }
        threads.add(started(CONTROL, CONTROL));
        long deadline = System.nanoTime() + (PATIENCE_MILLISECONDS + 1000) * 1_000_000L;
        for (Thread thread : threads) {
            thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
        }
        // What still waits then has no answer, and is said to have none by whoever reads this.
        System.out.println("end");
    }

    private static Thread started(String number, String way) {
        Thread thread = new Thread(() -> {
            String outcome = outcome(way.split(" ", -1));
            synchronized (System.out) {
                System.out.println(number + " " + outcome);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static String outcome(String[] words) {
        try {
            return switch (words[0]) {
                case "tcp" -> connection(words[1], Integer.parseInt(words[2]));
                case "dns" -> answer(words[1]);
                case "name" ->
                    "reached: it is " + InetAddress.getByName(words[1]).getHostAddress();
                default -> itself();
            };
        } catch (UnknownHostException unknown) {
            return "not: the name is not resolved";
        } catch (SocketTimeoutException silent) {
            return "not: no answer within " + PATIENCE_MILLISECONDS + " ms";
        } catch (IOException failed) {
            return "not: " + failed.getMessage();
        }
    }

    private static String connection(String host, int port) throws IOException {
        InetAddress address = InetAddress.getByName(host);
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), PATIENCE_MILLISECONDS);
            return "reached: connected";
        } catch (ConnectException failed) {
            boolean answered = String.valueOf(failed.getMessage()).contains("refused");
            // Loopback is the scratch's own; any other host that refuses has been reached.
            return answered && !address.isLoopbackAddress()
                    ? "reached: it answered, though nothing listens at that port"
                    : "not: " + failed.getMessage();
        }
    }

    /** Asks a name server for an address. */
    private static String answer(String server) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream question = new DataOutputStream(bytes);
        for (int header : new int[] {0x4d55, 0x0100, 1, 0, 0, 0}) {
            question.writeShort(header);
        }
        for (String label : List.of("example", "com", "")) {
            question.writeByte(label.length());
            question.write(label.getBytes(StandardCharsets.US_ASCII));
        }
        question.writeShort(1);
        question.writeShort(1);
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(PATIENCE_MILLISECONDS);
            socket.connect(new InetSocketAddress(InetAddress.getByName(server), NAMES));
            socket.send(new DatagramPacket(bytes.toByteArray(), bytes.size()));
            socket.receive(new DatagramPacket(new byte[512], 512));
            return "reached: it answered";
        }
    }

    /** What must succeed, so that an attempt that cannot succeed is not taken for a closed way. */
    private static String itself() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket socket = new Socket()) {
            socket.connect(server.getLocalSocketAddress(), PATIENCE_MILLISECONDS);
            return "reached: connected";
        }
    }
}
