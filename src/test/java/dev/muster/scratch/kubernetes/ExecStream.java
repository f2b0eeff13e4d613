package dev.muster.scratch.kubernetes;

import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** A program that is run in a staged container, spoken with as Kubernetes does: in messages whose first byte says which stream. */
final class ExecStream extends WebSocketListener {
    private static final byte INPUT = 0;
    private static final byte OUTPUT = 1;
    private static final byte ERRORS = 2;
    private static final byte END = 3;
    private static final byte CLOSES = (byte) 255;
    private static final int AT_ONCE = 32 * 1024;

    private final Process program;
    private final Consumer<byte[]> overheard;
    /** What is said to the program, in its order, and at its pace. */
    private final ExecutorService speaks = Executors.newSingleThreadExecutor(ExecStream::thread);

    private final ExecutorService listens = Executors.newCachedThreadPool(ExecStream::thread);

    /** @param overheard told of what goes either way */
    ExecStream(Process program, Consumer<byte[]> overheard) {
        this.program = program;
        this.overheard = overheard;
    }

    @Override
    public void onOpen(WebSocket socket, Response response) {
        listens.execute(() -> pass(OUTPUT, program.getInputStream(), socket));
        listens.execute(() -> pass(ERRORS, program.getErrorStream(), socket));
    }

    @Override
    public void onMessage(WebSocket socket, byte[] message) {
        if (message[0] == INPUT) {
            byte[] said = Arrays.copyOfRange(message, 1, message.length);
            overheard.accept(said);
            speaks.execute(() -> say(said));
        } else if (message[0] == CLOSES) {
            end();
        }
    }

    private void say(byte[] said) {
        try {
            OutputStream input = program.getOutputStream();
            input.write(said);
            input.flush();
        } catch (IOException ended) {
            // Nobody hears it any more, as whoever said it is told by the end.
            end();
        }
    }

    private void pass(byte stream, InputStream said, WebSocket socket) {
        byte[] bytes = new byte[AT_ONCE];
        try {
            for (int read = said.read(bytes); read >= 0; read = said.read(bytes)) {
                byte[] heard = Arrays.copyOf(bytes, read);
                overheard.accept(heard);
                send(stream, heard, socket);
            }
        } catch (IOException ended) {
            // Read no further: the end is told below.
            program.destroy();
        }
        if (stream == OUTPUT) {
            int code = program.onExit().join().exitValue();
            send(END, status(code).getBytes(StandardCharsets.UTF_8), socket);
            socket.close(1000, "");
        }
    }

    private static void send(byte stream, byte[] bytes, WebSocket socket) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.write(stream);
        message.writeBytes(bytes);
        socket.send(message.toByteArray());
    }

    private static String status(int code) {
        return code == 0
                ? "{\"metadata\":{},\"status\":\"Success\"}"
                : "{\"metadata\":{},\"status\":\"Failure\",\"reason\":\"NonZeroExitCode\",\"details\":{\"causes\":"
                        + "[{\"reason\":\"ExitCode\",\"message\":\"" + code + "\"}]}}";
    }

    /** A program that is left alone hears the end of its input, and goes on as it likes. */
    private void end() {
        speaks.execute(() -> {
            try {
                program.getOutputStream().close();
            } catch (IOException gone) {
                program.destroy();
            }
        });
    }

    @Override
    public void onClosing(WebSocket socket, int code, String reason) {
        end();
    }

    @Override
    public void onClosed(WebSocket socket, int code, String reason) {
        end();
    }

    @Override
    public void onFailure(WebSocket socket, Throwable thrown, Response response) {
        end();
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "exec");
        thread.setDaemon(true);
        return thread;
    }
}
