package dev.muster.restore.server;

import dev.muster.drill.BadBackup;
import dev.muster.restore.work.Job;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * One file of which the newest backup holds only the blocks that changed. Each block comes from the newest backup that
 * has it; one that none has was new and empty.
 */
final class ChangedFile {
    private static final int BLOCK = 8192;
    private static final int MAGIC = 0xd3ae1f0d;
    private static final int HEADER = 12;

    private final Job job;
    private final List<Path> folders;
    private final Path place;

    ChangedFile(Job job, List<Path> folders, Path place) {
        this.job = job;
        this.folders = folders;
        this.place = place;
    }

    /**
     * The blocks of one incremental file.
     *
     * @param kept of how many first blocks the earlier content still counts where this file has none
     * @param from where the first block lies
     */
    private record Changes(List<Integer> blocks, int kept, long from) {
        int length() {
            return Math.max(
                    kept, blocks.stream().mapToInt(block -> block + 1).max().orElse(0));
        }
    }

    void write(Path target) throws IOException, BadBackup {
        int newest = folders.size() - 1;
        try (FileChannel out = FileChannel.open(
                target, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            BitSet open = new BitSet();
            for (int link = newest; link >= 0; link--) {
                Path whole = folders.get(link).resolve(place);
                if (link < newest && Files.isRegularFile(whole)) {
                    copyWhole(whole, open, out);
                    return;
                }
                Path changed = whole.resolveSibling("INCREMENTAL." + whole.getFileName());
                if (!Files.isRegularFile(changed)) {
                    break;
                }
                try (FileChannel in = FileChannel.open(changed)) {
                    Changes changes = changes(in);
                    if (link == newest) {
                        open.set(0, changes.length());
                        fill(out, changes.length());
                    }
                    copyChanged(in, changes, open, out);
                }
            }
        }
        throw job.bad("The chain of backups holds no whole copy of the file " + place);
    }

    private static void fill(FileChannel out, int blocks) throws IOException {
        if (blocks > 0) {
            out.write(ByteBuffer.allocate(1), (long) blocks * BLOCK - 1);
        }
    }

    private void copyChanged(FileChannel in, Changes changes, BitSet open, FileChannel out)
            throws IOException, BadBackup {
        long from = changes.from();
        for (int block : changes.blocks()) {
            if (open.get(block)) {
                copy(in, from, out, block);
                open.clear(block);
            }
            from += BLOCK;
        }
        // What lay behind was cut off at some time: whatever an older backup has there counts no more.
        open.clear(changes.kept(), Math.max(changes.kept(), open.length()));
    }

    private void copyWhole(Path whole, BitSet open, FileChannel out) throws IOException, BadBackup {
        try (FileChannel in = FileChannel.open(whole)) {
            long blocks = in.size() / BLOCK;
            for (int block = open.nextSetBit(0); block >= 0 && block < blocks; block = open.nextSetBit(block + 1)) {
                copy(in, (long) block * BLOCK, out, block);
            }
        }
    }

    private void copy(FileChannel in, long from, FileChannel out, int block) throws IOException, BadBackup {
        ByteBuffer content = read(in, from, BLOCK).flip();
        while (content.hasRemaining()) {
            out.write(content, (long) block * BLOCK + content.position());
        }
    }

    private Changes changes(FileChannel in) throws IOException, BadBackup {
        ByteBuffer head = read(in, 0, HEADER);
        int count = head.getInt(4);
        long blocks = (in.size() - HEADER) / (BLOCK + Integer.BYTES);
        if (head.getInt(0) != MAGIC || count < 0 || count > blocks || head.getInt(8) < 0) {
            throw job.bad("The incremental file of " + place + " is damaged: its header makes no sense");
        }
        ByteBuffer numbers = read(in, HEADER, count * Integer.BYTES);
        List<Integer> changed = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int block = numbers.getInt(i * Integer.BYTES);
            if (block < 0 || block > 1 << 24) {
                throw job.bad("The incremental file of " + place + " is damaged: it names a block that cannot be");
            }
            changed.add(block);
        }
        long end = HEADER + (long) count * Integer.BYTES;
        return new Changes(changed, head.getInt(8), count == 0 ? end : (end + BLOCK - 1) / BLOCK * BLOCK);
    }

    private ByteBuffer read(FileChannel in, long from, int length) throws IOException, BadBackup {
        ByteBuffer content = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (content.hasRemaining()) {
            if (in.read(content, from + content.position()) < 0) {
                throw job.bad("The file " + place + " of the chain of backups is cut short");
            }
        }
        return content;
    }
}
