package dev.muster.scratch;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;

/** The markers of all scratches, one file each; on the disk before this says so. */
final class Markers {
    private static final String ENDING = ".json";

    private final Path folder;
    private final MarkerText text = new MarkerText();

    Markers(Path folder) {
        this.folder = folder;
    }

    List<Marker> all() {
        List<Marker> all = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + ENDING)) {
                files.forEach(file -> read(file).ifPresent(all::add));
            } catch (IOException failed) {
                throw unusable(folder, failed);
            }
        }
        all.sort(Comparator.comparing(Marker::opened).thenComparing(Marker::id));
        return all;
    }

    Marker get(String id) {
        // Looked up among those that exist, so that no id can name a file elsewhere.
        return all().stream()
                .filter(marker -> marker.id().equals(id))
                .findFirst()
                .orElseThrow(() -> unknown(id));
    }

    void add(Marker marker) {
        try {
            Files.createDirectories(folder);
            Undisturbed.call(() -> write(marker));
        } catch (IOException failed) {
            throw unusable(folder, failed);
        }
    }

    Marker change(String id, UnaryOperator<Marker> change) {
        Marker changed = change.apply(get(id));
        try {
            Undisturbed.call(() -> write(changed));
        } catch (IOException failed) {
            throw unusable(file(id), failed);
        }
        return changed;
    }

    void remove(String id) throws IOException {
        Files.deleteIfExists(file(id));
        Undisturbed.call(() -> sync(folder));
    }

    private Optional<Marker> read(Path file) {
        try {
            return Optional.of(text.read(Files.readString(file)));
        } catch (NoSuchFileException removedMeanwhile) {
            return Optional.empty();
        } catch (IOException | JacksonException | DateTimeException broken) {
            throw new CouldNotRun(
                    new Problem(
                            "The marker of a scratch cannot be read",
                            file.toString(),
                            "Look there for the scratch's place, end what runs in that folder, delete it,"
                                    + " and delete this file last."),
                    broken);
        }
    }

    private Path write(Marker marker) throws IOException {
        Path fresh = folder.resolve(marker.id() + ".new");
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.write(marker));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, file(marker.id()), StandardCopyOption.ATOMIC_MOVE);
        return sync(folder);
    }

    private static Path sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
        return folder;
    }

    private Path file(String id) {
        return folder.resolve(id + ENDING);
    }

    private CouldNotRun unknown(String id) {
        List<String> ids = all().stream().map(Marker::id).toList();
        return new CouldNotRun(new Problem(
                "There is no scratch " + id,
                folder.toString(),
                ids.isEmpty() ? "No scratch is open." : "Open are: " + String.join(", ", ids) + "."));
    }

    private static CouldNotRun unusable(Path where, IOException failed) {
        return new CouldNotRun(
                new Problem(
                        "The list of scratches cannot be read or written: " + failed,
                        where.toString(),
                        "Make room on that disk, and let the user that runs Muster write there;"
                                + " or choose another home with --home DIR."),
                failed);
    }
}
