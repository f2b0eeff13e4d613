package dev.muster.ledger;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** The checkpoints that were kept beside the ledger, one file each, named so that they sort by its size. */
public final class Checkpoints {
    private static final String END = ".checkpoint";
    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path folder;

    Checkpoints(Path folder) {
        this.folder = folder;
    }

    /** Where they lie. */
    public Path folder() {
        return folder;
    }

    /** What the file of a checkpoint is called, here and wherever a copy is put. */
    public static String name(Checkpoint checkpoint) {
        return String.format(Locale.ROOT, "%012d-%s", checkpoint.size(), INSTANT.format(checkpoint.at())) + END;
    }

    /** Puts a checkpoint there, whole or not at all; one with more signatures takes the place of the same without. */
    public void keep(Checkpoint checkpoint) {
        Path file = folder.resolve(name(checkpoint));
        try {
            Files.createDirectories(folder);
            Path unfinished = Files.createTempFile(folder, ".", ".unfinished");
            try {
                Files.writeString(unfinished, checkpoint.text());
                try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(unfinished);
            }
        } catch (IOException failed) {
            throw new CouldNotRun(
                    new Problem(
                            "The checkpoint of the ledger could not be kept (" + failed + ")",
                            file.toString(),
                            "Make the folder writable for the user who runs Muster, with room on its disk, and keep one"
                                    + " with `muster ledger checkpoint --heartbeat`."),
                    failed);
        }
    }

    void remove(Checkpoint checkpoint) throws IOException {
        Files.deleteIfExists(folder.resolve(name(checkpoint)));
    }

    /** All that were kept, the smallest ledger first; a file that is none stands among the troubles of the audit. */
    public List<Checkpoint> all() {
        return files().stream()
                .flatMap(file -> read(file).flatMap(Checkpoint::parse).stream())
                .toList();
    }

    /** The files that hold no checkpoint, although they are named like one. */
    List<Problem> unreadable() {
        return files().stream()
                .filter(file -> read(file).flatMap(Checkpoint::parse).isEmpty())
                .map(file -> new Problem(
                        "A kept checkpoint cannot be read",
                        file.toString(),
                        "Put it back from where it was put outside; if there is no copy, note what the file holds and"
                                + " remove it."))
                .toList();
    }

    /** The last that can be read. */
    public Optional<Checkpoint> last() {
        List<Path> files = files();
        return IntStream.range(0, files.size())
                .mapToObj(back -> files.get(files.size() - 1 - back))
                .flatMap(file -> read(file).flatMap(Checkpoint::parse).stream())
                .findFirst();
    }

    private List<Path> files() {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, "*" + END)) {
                stream.forEach(files::add);
            } catch (IOException | DirectoryIteratorException failed) {
                throw new CouldNotRun(
                        new Problem(
                                "The kept checkpoints cannot be listed (" + failed + ")",
                                folder.toString(),
                                "Make the folder readable for the user who runs Muster."),
                        failed);
            }
        }
        files.sort(null);
        return List.copyOf(files);
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
