package dev.muster.app;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Takes a base backup from a server by the replication protocol, as a new pg_basebackup does: the installed one may be
 * too old to ask for an incremental backup.
 */
final class BackupStream implements AutoCloseable {
    private static final int PROTOCOL = 3 << 16;

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    BackupStream(int port) throws IOException {
        socket = new Socket(java.net.InetAddress.getLoopbackAddress(), port);
        in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream(), 1 << 16));
        out = new DataOutputStream(new java.io.BufferedOutputStream(socket.getOutputStream()));
        ByteArrayOutputStream parameters = new ByteArrayOutputStream();
        for (String word : new String[] {"user", "postgres", "replication", "true", ""}) {
            parameters.write(word.getBytes(StandardCharsets.US_ASCII));
            parameters.write(0);
        }
        out.writeInt(8 + parameters.size());
        out.writeInt(PROTOCOL);
        parameters.writeTo(out);
        out.flush();
        untilReady(new byte[0], null);
    }

    /** A whole backup with the log that it needs, as tars and a manifest in a folder. */
    void full(Path folder) throws IOException {
        backup("", folder);
    }

    /** What has changed since the backup of this manifest. */
    void incremental(byte[] manifest, Path folder) throws IOException {
        query("UPLOAD_MANIFEST");
        untilReady(manifest, null);
        backup("INCREMENTAL, ", folder);
    }

    private void backup(String options, Path folder) throws IOException {
        query("BASE_BACKUP ( " + options
                + "LABEL 'test', WAL true, CHECKPOINT 'fast', MANIFEST 'yes', TARGET 'client' )");
        untilReady(new byte[0], folder);
    }

    private void query(String command) throws IOException {
        byte[] text = command.getBytes(StandardCharsets.US_ASCII);
        out.writeByte('Q');
        out.writeInt(4 + text.length + 1);
        out.write(text);
        out.writeByte(0);
        out.flush();
    }

    /** Reads what the server answers; what it streams goes into files of the folder. */
    private void untilReady(byte[] upload, @org.jspecify.annotations.Nullable Path folder) throws IOException {
        OutputStream file = OutputStream.nullOutputStream();
        while (true) {
            int kind = in.readUnsignedByte();
            byte[] body = new byte[in.readInt() - 4];
            in.readFully(body);
            switch (kind) {
                case 'E' -> throw new IOException(new String(body, StandardCharsets.UTF_8));
                case 'G' -> upload(upload);
                case 'd' -> {
                    if (body[0] == 'n' || body[0] == 'm') {
                        file.close();
                        file = Files.newOutputStream(
                                java.util.Objects.requireNonNull(folder).resolve(name(body)));
                    } else if (body[0] == 'd') {
                        file.write(body, 1, body.length - 1);
                    }
                }
                case 'Z' -> {
                    file.close();
                    return;
                }
                default -> {}
            }
        }
    }

    private void upload(byte[] content) throws IOException {
        out.writeByte('d');
        out.writeInt(4 + content.length);
        out.write(content);
        out.writeByte('c');
        out.writeInt(4);
        out.flush();
    }

    private static String name(byte[] body) {
        if (body[0] == 'm') {
            return "backup_manifest";
        }
        int end = 1;
        while (body[end] != 0) {
            end++;
        }
        return new String(body, 1, end - 1, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
