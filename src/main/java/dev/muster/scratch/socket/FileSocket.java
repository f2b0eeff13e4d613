package dev.muster.scratch.socket;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A socket that is a file, for a library that knows sockets of the network alone. Its streams do not wait for each other,
 * can be closed by another thread, and heed the time-out for reading.
 */
final class FileSocket extends Socket {
    private static final int AHEAD = 64 * 1024;

    private final Path file;
    private @Nullable SocketChannel channel;
    private @Nullable Readiness toRead;
    private @Nullable Readiness toWrite;
    private volatile boolean closed;
    private volatile int patience;

    FileSocket(Path file) {
        this.file = file;
    }

    @Override
    public void connect(SocketAddress ignored) throws IOException {
        connect(ignored, 0);
    }

    /** A server on this machine accepts at once or not at all, so that the time-out has no meaning. */
    @Override
    public synchronized void connect(SocketAddress ignored, int timeout) throws IOException {
        SocketChannel opened = opened();
        try {
            opened.configureBlocking(false);
            toRead = new Readiness(opened, SelectionKey.OP_READ);
            toWrite = new Readiness(opened, SelectionKey.OP_WRITE);
            channel = opened;
        } catch (IOException failed) {
            opened.close();
            throw failed;
        }
    }

    /** An interrupt does not keep from connecting, as it does not with sockets of the network. */
    private SocketChannel opened() throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                interrupted |= Thread.interrupted();
                SocketChannel opened = SocketChannel.open(StandardProtocolFamily.UNIX);
                try {
                    opened.connect(UnixDomainSocketAddress.of(file));
                    return opened;
                } catch (ClosedByInterruptException again) {
                    interrupted = true;
                } catch (IOException failed) {
                    opened.close();
                    throw failed;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        if (channel != null) {
            channel.close();
            Objects.requireNonNull(toRead).close();
            Objects.requireNonNull(toWrite).close();
        }
    }

    @Override
    public synchronized boolean isConnected() {
        return channel != null;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public InputStream getInputStream() throws SocketException {
        SocketChannel from = connected();
        Readiness readiness = Objects.requireNonNull(toRead);
        // A server sends rows one by one; asking the system for each piece of them takes longer than the rows.
        ByteBuffer ahead = ByteBuffer.allocateDirect(AHEAD).flip();
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                if (length == 0) {
                    return 0;
                }
                if (!ahead.hasRemaining() && fill() < 0) {
                    return -1;
                }
                int read = Math.min(length, ahead.remaining());
                ahead.get(bytes, offset, read);
                return read;
            }

            private int fill() throws IOException {
                ahead.clear();
                try {
                    int read = from.read(ahead);
                    while (read == 0) {
                        if (!readiness.within(patience)) {
                            throw new SocketTimeoutException("nothing to read within " + patience + " ms");
                        }
                        read = from.read(ahead);
                    }
                    return read;
                } catch (ClosedChannelException gone) {
                    throw closed(gone);
                } finally {
                    ahead.flip();
                }
            }

            @Override
            public int available() {
                return ahead.remaining();
            }

            @Override
            public void close() throws IOException {
                FileSocket.this.close();
            }
        };
    }

    @Override
    public OutputStream getOutputStream() throws SocketException {
        SocketChannel to = connected();
        Readiness readiness = Objects.requireNonNull(toWrite);
        return new OutputStream() {
            @Override
            public void write(int single) throws IOException {
                write(new byte[] {(byte) single}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
                try {
                    while (buffer.hasRemaining()) {
                        if (to.write(buffer) == 0) {
                            readiness.within(0);
                        }
                    }
                } catch (ClosedChannelException gone) {
                    throw closed(gone);
                }
            }

            @Override
            public void close() throws IOException {
                FileSocket.this.close();
            }
        };
    }

    @Override
    public synchronized void setSoTimeout(int milliseconds) {
        patience = milliseconds;
    }

    @Override
    public synchronized int getSoTimeout() {
        return patience;
    }

    @Override
    public void setTcpNoDelay(boolean ignored) {
        // A file has no packets that could wait.
    }

    @Override
    public void setKeepAlive(boolean ignored) {
        // The other end is on this machine, and its end is always heard of.
    }

    @Override
    public synchronized int getSendBufferSize() throws SocketException {
        try {
            return connected().getOption(StandardSocketOptions.SO_SNDBUF);
        } catch (SocketException told) {
            throw told;
        } catch (IOException gone) {
            throw closed(gone);
        }
    }

    private synchronized SocketChannel connected() throws SocketException {
        if (channel == null) {
            throw new SocketException("not connected to " + file);
        }
        return channel;
    }

    private static SocketException closed(IOException cause) {
        SocketException closed = new SocketException("the socket was closed");
        closed.initCause(cause);
        return closed;
    }
}
