package dev.muster.scratch.socket;

import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import javax.net.SocketFactory;

/** Makes the PostgreSQL driver connect to one socket file, whatever address it believes it connects to. */
public final class FileSockets extends SocketFactory {
    private final Path file;

    /** The driver makes it, and gives it the file's path. */
    public FileSockets(String file) {
        this.file = Path.of(file);
    }

    @Override
    public Socket createSocket() {
        return new FileSocket(file);
    }

    @Override
    public Socket createSocket(String host, int port) throws SocketException {
        throw unasked();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) throws SocketException {
        throw unasked();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws SocketException {
        throw unasked();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) throws SocketException {
        throw unasked();
    }

    private SocketException unasked() {
        return new SocketException(file + " is a file and has no address in a network");
    }
}
