package dev.muster.scratch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Runs in a scratch, listens on the port given, and gives back what it is told. */
public final class Echo {
    private Echo() {}

    /** Listens until it is ended. */
    public static void main(String[] arguments) throws IOException {
        try (ServerSocket server =
                new ServerSocket(Integer.parseInt(arguments[0]), 5, InetAddress.getLoopbackAddress())) {
            System.out.println("listening");
            while (true) {
                try (Socket guest = server.accept()) {
                    guest.getInputStream().transferTo(guest.getOutputStream());
                }
            }
        }
    }
}
