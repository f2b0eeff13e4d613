package dev.muster.runbook.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What tells a file from what it was before, without reading it.
 *
 * @param sure false for a file that was written so shortly before it was read that its time may not tell a later change
 */
record FileState(String attributes, Optional<String> head, boolean sure) {
    private static final Duration COARSE_CLOCK = Duration.ofSeconds(2);

    static FileState of(Path file, Optional<String> head) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new FileState(
                    attributes.lastModifiedTime().toInstant() + " " + attributes.size() + " " + attributes.fileKey(),
                    head,
                    true);
        } catch (IOException unreadable) {
            return new FileState(unreadable.toString(), head, true);
        }
    }

    /** @param now when the file was read, which it is again as long as that is too near to its own time */
    FileState asReadAt(Instant now) {
        boolean old = !attributes.matches("\\d{4}-.*")
                || Instant.parse(attributes.substring(0, attributes.indexOf(' ')))
                        .isBefore(now.minus(COARSE_CLOCK));
        return new FileState(attributes, head, old);
    }
}
