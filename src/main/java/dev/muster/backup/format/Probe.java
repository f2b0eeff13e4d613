package dev.muster.backup.format;

import dev.muster.backup.bucket.Unreadable;

/** Reads stretches of one object in a vault. */
public interface Probe {
    int HEAD = 16 * 1024;
    /** A block of zstd holds up to 128 KiB and opens only as a whole. */
    int HEAD_OF_BLOCKS = 160 * 1024;
    /** A block of bzip2 holds up to 900 kB and opens only as a whole. */
    int HEAD_OF_SORTED_BLOCKS = 1024 * 1024;
    /** A block of lz4 or a window of brotli holds up to 4 MiB and opens only as a whole. */
    int HEAD_OF_LARGE_BLOCKS = 4 * 1024 * 1024 + 1024;

    long size();

    /** Reads these bytes, fewer where the object ends. */
    byte[] read(long from, int length) throws Unreadable, InterruptedException;

    /** As much of the beginning as it takes to see some of what is in it. */
    default byte[] head() throws Unreadable, InterruptedException {
        byte[] head = read(0, HEAD);
        return switch (compression(head)) {
            case NONE, GZIP -> head;
            case ZSTD, SNAPPY, XZ -> read(0, HEAD_OF_BLOCKS);
            case BZIP2 -> read(0, HEAD_OF_SORTED_BLOCKS);
            case LZ4, BROTLI -> read(0, HEAD_OF_LARGE_BLOCKS);
        };
    }

    /** How the object is compressed, which begins with these bytes. */
    default Compression compression(byte[] head) {
        return Compression.of(head);
    }

    /** As much of the decompressed content's beginning as a look at the object's beginning shows. */
    default byte[] beginning() throws Unreadable, InterruptedException {
        byte[] head = head();
        return compression(head).beginning(head);
    }

    default byte[] tail(int length) throws Unreadable, InterruptedException {
        int wanted = (int) Math.min(length, size());
        return read(size() - wanted, wanted);
    }
}
