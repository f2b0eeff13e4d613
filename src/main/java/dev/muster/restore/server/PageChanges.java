package dev.muster.restore.server;

import dev.muster.drill.BadBackup;
import dev.muster.restore.work.Damaged;
import dev.muster.restore.work.Job;
import dev.muster.restore.work.Room;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongSupplier;

/**
 * The pages of a file that changed since an earlier backup, as WAL-G keeps them: a mark, the file's size, the count of
 * pages, their numbers, and the pages.
 */
final class PageChanges {
    private static final byte[] MARK = {'w', 'i', '1', 0x55};
    private static final int HEADER = MARK.length + Long.BYTES + Integer.BYTES;
    private static final int MOST_PAGES = 1 << 22;
    private static final int SMALLEST_PAGE = 512;
    private static final int LARGEST_PAGE = 1 << 15;

    private final Job job;
    private final String name;
    private final InputStream content;
    private final Room room;
    private final LongSupplier packed;

    PageChanges(Job job, String name, InputStream content, Room room, LongSupplier packed) {
        this.job = job;
        this.name = name;
        this.content = content;
        this.room = room;
        this.packed = packed;
    }

    /**
     * Writes the pages into the file as the earlier backup had it.
     *
     * @param announced how many bytes there are
     * @return how many bytes were written
     */
    long apply(Path file, long announced) throws IOException, BadBackup, InterruptedException {
        ByteBuffer header = read(HEADER);
        byte[] mark = new byte[MARK.length];
        header.get(mark);
        long size = header.getLong();
        int pages = header.getInt();
        if (!java.util.Arrays.equals(mark, MARK)) {
            throw job.bad("The entry " + name + " should hold changes to an earlier backup, and does not");
        }
        if (pages < 0 || pages > MOST_PAGES || size < 0) {
            throw damaged();
        }
        ByteBuffer numbers = read(pages * Integer.BYTES);
        int page = pages == 0 ? SMALLEST_PAGE : pageSize(announced, pages);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            resize(channel, size);
            for (int i = 0; i < pages; i++) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                long at = (numbers.getInt() & 0xffffffffL) * page;
                if (at + page > size) {
                    throw damaged();
                }
                room.take(page, packed.getAsLong());
                ByteBuffer bytes = read(page);
                while (bytes.hasRemaining()) {
                    at += channel.write(bytes, at);
                }
            }
        }
        if (content.read() >= 0) {
            throw damaged();
        }
        return (long) pages * page;
    }

    private void resize(FileChannel channel, long size) throws IOException, BadBackup {
        long before = channel.size();
        if (size > before) {
            room.expect(size - before, packed.getAsLong());
            channel.write(ByteBuffer.allocate(1), size - 1);
        } else {
            channel.truncate(size);
        }
    }

    private int pageSize(long announced, int pages) throws BadBackup {
        long bytes = announced - HEADER - (long) pages * Integer.BYTES;
        long page = bytes / pages;
        if (bytes % pages != 0 || page < SMALLEST_PAGE || page > LARGEST_PAGE || Long.bitCount(page) != 1) {
            throw damaged();
        }
        return (int) page;
    }

    private ByteBuffer read(int count) throws IOException {
        byte[] bytes = content.readNBytes(count);
        if (bytes.length < count) {
            throw new Damaged("The entry " + name + " is cut short");
        }
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private BadBackup damaged() {
        return job.bad("The entry " + name + " is damaged: its list of changed pages does not fit its size");
    }
}
