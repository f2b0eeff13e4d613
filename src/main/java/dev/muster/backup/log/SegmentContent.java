package dev.muster.backup.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;

/** How far a segment is really written: what follows is zeros, or pages that an earlier use of the file left. */
public final class SegmentContent {
    private static final int PAGE = 8192;
    private static final int SHORT_HEADER = 24;
    private static final int LONG_HEADER = 40;
    private static final int CONTINUES = 1;
    private static final int LONG = 2;
    private static final int LEAST_RECORD = 24;

    private SegmentContent() {}

    /** Where the last record in it begins; absent when none begins in it. */
    public static Optional<Lsn> lastRecord(Path file, Segment segment) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer page = ByteBuffer.allocate(PAGE).order(ByteOrder.LITTLE_ENDIAN);
            for (long at = segment.size() - PAGE; at >= 0; at -= PAGE) {
                page.clear();
                while (page.hasRemaining() && channel.read(page, at + page.position()) >= 0) {
                    // Reads on until the page is whole.
                }
                Optional<Lsn> record = lastRecord(page, segment.start().value() + at);
                if (record.isPresent()) {
                    return record;
                }
            }
            return Optional.empty();
        }
    }

    private static Optional<Lsn> lastRecord(ByteBuffer page, long address) {
        if (page.position() < PAGE || page.getLong(8) != address || page.getShort(0) == 0) {
            return Optional.empty();
        }
        int flags = page.getShort(2);
        long next = (flags & LONG) != 0 ? LONG_HEADER : SHORT_HEADER;
        if ((flags & CONTINUES) != 0) {
            next = aligned(next + (page.getInt(16) & 0xffffffffL));
        }
        Optional<Lsn> last = Optional.empty();
        // A record's length is in its first bytes, and those are never divided between two pages.
        while (next + Integer.BYTES <= PAGE) {
            long length = page.getInt((int) next) & 0xffffffffL;
            if (length < LEAST_RECORD) {
                return last;
            }
            last = Optional.of(new Lsn(address + next));
            next = aligned(next + length);
        }
        return last;
    }

    private static long aligned(long position) {
        return (position + 7) & ~7L;
    }
}
