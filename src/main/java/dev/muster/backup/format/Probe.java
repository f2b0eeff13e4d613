package dev.muster.backup.format;

import dev.muster.backup.bucket.Unreadable;

/** Reads stretches of one object in a vault. */
public interface Probe {
    int HEAD = 16 * 1024;
    /** A block of zstd holds up to 128 KiB and opens only as a whole. */
    int HEAD_OF_BLOCKS = 160 * 1024;
    /** A block of lz4 holds up to 4 MiB and opens only as a whole. */
    int HEAD_OF_LARGE_BLOCKS = 4 * 1024 * 1024 + 1024;

    long size();

    /** Reads these bytes, fewer where the object ends. */
    byte[] read(long from, int length) throws Unreadable, InterruptedException;

    /** As much of the beginning as it takes to see some of what is in it. */
    default byte[] head() throws Unreadable, InterruptedException {
        byte[] head = read(0, HEAD);
        return switch (Compression.of(head)) {
            case NONE, GZIP -> head;
            case ZSTD -> read(0, HEAD_OF_BLOCKS);
            case LZ4 -> read(0, HEAD_OF_LARGE_BLOCKS);
        };
    }

    default byte[] tail(int length) throws Unreadable, InterruptedException {
        int wanted = (int) Math.min(length, size());
        return read(size() - wanted, wanted);
    }
}
