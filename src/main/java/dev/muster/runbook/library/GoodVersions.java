package dev.muster.runbook.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last good text of each runbook, kept in a folder so that a broken file is survived over a restart. */
final class GoodVersions {
    private static final Logger LOG = LoggerFactory.getLogger(GoodVersions.class);

    private final Path folder;

    GoodVersions(Path folder) {
        this.folder = folder;
    }

    void keep(Path file, byte[] content) {
        Path place = place(file);
        try {
            if (Files.exists(place) && Arrays.equals(Files.readAllBytes(place), content)) {
                return;
            }
            Files.createDirectories(folder);
            Path fresh = Files.createTempFile(folder, "new", ".tmp");
            Files.write(fresh, content);
            Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException full) {
            // The runbook is good and can be run; only a later mistake in it would be met without its last good text.
            LOG.warn("The good version of {} could not be kept in {}", file, folder, full);
        }
    }

    Optional<byte[]> find(Path file) {
        Path place = place(file);
        try {
            return Files.exists(place) ? Optional.of(Files.readAllBytes(place)) : Optional.empty();
        } catch (IOException unreadable) {
            LOG.warn("The last good version of {} cannot be read in {}", file, folder, unreadable);
            return Optional.empty();
        }
    }

    private Path place(Path file) {
        return folder.resolve(file.getFileName());
    }
}
