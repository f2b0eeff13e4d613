package dev.muster.ledger;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file behind the ledger: one user at a time, whole lines only, on disk before anybody is told so. */
final class LedgerFile {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerFile.class);
    private static final String NAME = "events.jsonl";
    private static final String SET_ASIDE = "unfinished-line-";
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(5);

    /**
     * By the folder of each ledger. The system's locks belong to the process and not to whoever took them: a thread that
     * closes the file gives up the lock of every other one. So only one thread has the file open at any time.
     */
    private static final ConcurrentMap<Path, ReentrantLock> IN_THIS_PROCESS = new ConcurrentHashMap<>();

    private final Path folder;

    private LedgerFile(Path folder) {
        this.folder = folder;
    }

    /** What is done while nobody else has the ledger. */
    interface Work<R> {
        R with(List<byte[]> lines, Writer writer) throws IOException;
    }

    /** Adds a line. */
    interface Writer {
        void append(String line) throws IOException;
    }

    static LedgerFile in(Path folder) {
        LedgerFile file = new LedgerFile(folder);
        try {
            Files.createDirectories(folder);
            if (!Files.exists(file.path())) {
                new RandomAccessFile(file.path().toFile(), "rw").close();
                file.syncFolder();
            }
            return file;
        } catch (IOException failed) {
            throw new CouldNotRun(
                    new Problem(
                            "The ledger cannot be opened (" + failed + ")",
                            file.path().toString(),
                            "Make its folder readable and writable for the user who runs Muster, or name another one"
                                    + " with --home."),
                    failed);
        }
    }

    Path path() {
        return folder.resolve(NAME);
    }

    <R> R exclusively(Work<R> work) throws IOException {
        ReentrantLock turn = IN_THIS_PROCESS.computeIfAbsent(folder.toRealPath(), key -> new ReentrantLock(true));
        turn.lock();
        try {
            return alone(work);
        } finally {
            turn.unlock();
        }
    }

    private <R> R alone(Work<R> work) throws IOException {
        // Not a FileChannel: that closes itself when the thread is interrupted.
        try (RandomAccessFile file = new RandomAccessFile(path().toFile(), "rw")) {
            lockUntilClosed(file.getChannel());
            byte[] content = new byte[Math.toIntExact(file.length())];
            file.readFully(content);
            int whole = endOfLastLine(content);
            if (whole < content.length) {
                setAside(file, content, whole);
            }
            return work.with(lines(content, whole), line -> {
                file.seek(whole);
                file.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                file.getFD().sync();
            });
        }
    }

    private void lockUntilClosed(FileChannel channel) throws IOException {
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (System.nanoTime() < deadline) {
            if (channel.tryLock() != null) {
                return;
            }
            LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
        }
        throw new CouldNotRun(new Problem(
                "Another process has held the ledger for " + LONGEST_WAIT.toSeconds() + " s",
                path().toString(),
                "See which one with `fuser -v " + path() + "`, and try again when it is done."));
    }

    /** A line without an end was being written when the power went; nobody was ever told that it stands. */
    private void setAside(RandomAccessFile file, byte[] content, int whole) throws IOException {
        byte[] rest = Arrays.copyOfRange(content, whole, content.length);
        Path aside = folder.resolve(SET_ASIDE + "after-" + lines(content, whole).size() + "-"
                + EventLine.digest(rest).substring(0, 8));
        Files.write(
                aside,
                rest,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.SYNC);
        syncFolder();
        file.setLength(whole);
        file.getFD().sync();
        LOG.warn("The last line of the ledger {} was unfinished and has been set aside as {}.", path(), aside);
    }

    /** What was set aside and still lies there. */
    List<Problem> setAside() throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, SET_ASIDE + "*")) {
            stream.forEach(files::add);
        }
        files.sort(null);
        return files.stream()
                .map(file -> new Problem(
                        "A line was cut off while it was being written, and has been set aside",
                        file.toString(),
                        "This happens when the power fails or the disk is full; the drill it belongs to is closed as"
                                + " ABORTED at the next start. Note what the file holds, then remove it."))
                .toList();
    }

    private void syncFolder() throws IOException {
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    private static int endOfLastLine(byte[] content) {
        int end = content.length;
        while (end > 0 && content[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    private static List<byte[]> lines(byte[] content, int end) {
        List<byte[]> lines = new ArrayList<>();
        int start = 0;
        for (int position = 0; position < end; position++) {
            if (content[position] == '\n') {
                lines.add(Arrays.copyOfRange(content, start, position));
                start = position + 1;
            }
        }
        return List.copyOf(lines);
    }
}
