package dev.muster.scratch.kubernetes;

import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;

/** The bridge of a worker that says again what it hears. */
final class EchoStream extends WebSocketListener {
    private static final byte HEARD = 0;
    private static final byte SAID = 1;

    @Override
    public void onMessage(WebSocket socket, byte[] bytes) {
        if (bytes.length > 1 && bytes[0] == HEARD) {
            byte[] again = bytes.clone();
            again[0] = SAID;
            socket.send(again);
        }
    }
}
