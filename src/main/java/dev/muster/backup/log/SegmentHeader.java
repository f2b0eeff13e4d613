package dev.muster.backup.log;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * What a segment says of itself at its beginning.
 *
 * @param system the identifier of the server's data folder
 * @param start the position of its first byte
 * @param size the size of every segment of that server
 */
public record SegmentHeader(int timeline, Lsn start, long system, long size) {
    public static final int BYTES = 40;

    private static final int MAGIC = 0xD000;
    private static final int LONG_HEADER = 2;
    private static final long LEAST = 1 << 20;
    private static final long MOST = 1 << 30;

    /** Reads the first bytes of a segment; absent when they are no segment's. */
    public static Optional<SegmentHeader> read(byte[] head) {
        if (head.length < BYTES) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        int magic = bytes.getShort(0) & 0xffff;
        int flags = bytes.getShort(2);
        long size = bytes.getInt(32) & 0xffffffffL;
        boolean sound = (magic & 0xff00) == MAGIC + 0x100
                && (flags & LONG_HEADER) != 0
                && size >= LEAST
                && size <= MOST
                && Long.bitCount(size) == 1;
        return sound
                ? Optional.of(new SegmentHeader(bytes.getInt(4), new Lsn(bytes.getLong(8)), bytes.getLong(24), size))
                : Optional.empty();
    }
}
