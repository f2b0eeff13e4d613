package dev.muster.backup.format;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import net.jpountz.xxhash.StreamingXXHash32;
import net.jpountz.xxhash.XXHash32;
import net.jpountz.xxhash.XXHashFactory;

/**
 * Reads frames of lz4 whose blocks build on each other, as PostgreSQL and pgBackRest write them; the library reads only
 * such whose blocks stand each for itself.
 */
final class Lz4Frames extends InputStream {
    private static final int MAGIC = 0x184D2204;
    private static final int SKIPPABLE = 0x184D2A50;
    private static final int WINDOW = 64 * 1024;
    private static final int VERSION = 0x40;
    private static final int BLOCK_CHECKSUM = 0x10;
    private static final int CONTENT_SIZE = 0x08;
    private static final int CONTENT_CHECKSUM = 0x04;
    private static final int DICTIONARY = 0x01;
    private static final int UNCOMPRESSED = 0x80000000;
    private static final int MORE = 15;
    private static final int SHORTEST_MATCH = 4;

    private final InputStream in;
    private final XXHash32 hash = XXHashFactory.fastestInstance().hash32();
    private final StreamingXXHash32 content = XXHashFactory.fastestInstance().newStreamingHash32(0);
    private int flags;
    private int largest;
    private byte[] packed = new byte[0];
    /** What came before the block, as far as the block may build on it, and then the block. */
    private byte[] window = new byte[0];

    private int from;
    private int to;
    private boolean inFrame;

    Lz4Frames(InputStream in) throws IOException {
        this.in = in;
        begin();
    }

    @Override
    public int read() throws IOException {
        return ready() ? window[from++] & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!ready()) {
            return -1;
        }
        int count = Math.min(length, to - from);
        System.arraycopy(window, from, bytes, offset, count);
        from += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** Goes on to the next block that is not empty; false at the end of the last frame. */
    private boolean ready() throws IOException {
        while (from == to) {
            if (inFrame) {
                block();
            } else if (!begin()) {
                return false;
            }
        }
        return true;
    }

    private boolean begin() throws IOException {
        byte[] mark = in.readNBytes(Integer.BYTES);
        if (mark.length == 0) {
            return false;
        }
        int magic = number(whole(mark, Integer.BYTES));
        if ((magic & ~0xf) == SKIPPABLE) {
            in.skipNBytes(number(bytes(Integer.BYTES)) & 0xffffffffL);
            return true;
        }
        if (magic != MAGIC) {
            throw new IOException("what follows is no frame of lz4");
        }
        byte[] head = bytes(2);
        flags = head[0];
        int size = (head[1] >> 4) & 7;
        if ((flags & 0xc0) != VERSION || size < 4 || (flags & DICTIONARY) != 0) {
            throw new IOException("the frame has a form that is not known");
        }
        if ((flags & CONTENT_SIZE) != 0) {
            byte[] announced = bytes(Long.BYTES);
            head = Arrays.copyOf(head, head.length + announced.length);
            System.arraycopy(announced, 0, head, 2, announced.length);
        }
        if ((byte) (hash.hash(head, 0, head.length, 0) >> 8) != bytes(1)[0]) {
            throw new IOException("the head of the frame has another checksum");
        }
        largest = 1 << (8 + 2 * size);
        packed = new byte[largest];
        window = new byte[WINDOW + largest];
        from = 0;
        to = 0;
        content.reset();
        inFrame = true;
        return true;
    }

    private void block() throws IOException {
        int size = number(bytes(Integer.BYTES));
        if (size == 0) {
            inFrame = false;
            if ((flags & CONTENT_CHECKSUM) != 0 && number(bytes(Integer.BYTES)) != content.getValue()) {
                throw new IOException("the content has another checksum");
            }
            return;
        }
        int length = size & ~UNCOMPRESSED;
        if (length > largest) {
            throw new IOException("a block is larger than any of this frame can be");
        }
        if (in.readNBytes(packed, 0, length) < length) {
            throw new EOFException();
        }
        if ((flags & BLOCK_CHECKSUM) != 0 && number(bytes(Integer.BYTES)) != hash.hash(packed, 0, length, 0)) {
            throw new IOException("a block has another checksum");
        }
        int kept = Math.min(WINDOW, to);
        System.arraycopy(window, to - kept, window, 0, kept);
        if (size < 0) {
            System.arraycopy(packed, 0, window, kept, length);
            to = kept + length;
        } else {
            to = decode(length, kept);
        }
        from = kept;
        if ((flags & CONTENT_CHECKSUM) != 0) {
            content.update(window, from, to - from);
        }
    }

    /** @return where the block ends that begins there */
    private int decode(int length, int start) throws IOException {
        int read = 0;
        int written = start;
        try {
            while (true) {
                int token = packed[read++];
                int literals = (token >> 4) & MORE;
                if (literals == MORE) {
                    int more;
                    do {
                        more = packed[read++] & 0xff;
                        literals += more;
                    } while (more == 0xff);
                }
                System.arraycopy(packed, read, window, written, literals);
                read += literals;
                written += literals;
                if (read >= length) {
                    break;
                }
                int distance = (packed[read] & 0xff) | (packed[read + 1] & 0xff) << 8;
                read += 2;
                int match = token & MORE;
                if (match == MORE) {
                    int more;
                    do {
                        more = packed[read++] & 0xff;
                        match += more;
                    } while (more == 0xff);
                }
                match += SHORTEST_MATCH;
                repeat(written, distance, match);
                written += match;
            }
        } catch (IndexOutOfBoundsException e) {
            throw new IOException("a block points outside of itself", e);
        }
        if (read > length) {
            throw new IOException("a block ends in the middle of itself");
        }
        return written;
    }

    /** Where the repeated stretch runs into its own copy, each round copies all that is there already. */
    private void repeat(int at, int distance, int length) {
        if (distance == 0) {
            throw new IndexOutOfBoundsException();
        }
        int done = 0;
        int step = distance;
        while (done < length) {
            int count = Math.min(step, length - done);
            System.arraycopy(window, at - distance, window, at + done, count);
            done += count;
            step = distance + done;
        }
    }

    private byte[] bytes(int count) throws IOException {
        return whole(in.readNBytes(count), count);
    }

    private static byte[] whole(byte[] bytes, int count) throws EOFException {
        if (bytes.length < count) {
            throw new EOFException();
        }
        return bytes;
    }

    private static int number(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }
}
