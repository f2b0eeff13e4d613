package dev.muster.runbook.library;

import dev.muster.runbook.RunbookReader;
import dev.muster.runbook.RunbookText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A runbook's file, read once: what is kept of it are the bytes that were understood. */
final class Reading {
    private static final int LARGEST = 1024 * 1024;

    private final byte[] content;
    private final RunbookText text;

    private Reading(byte[] content, RunbookText text) {
        this.content = content;
        this.text = text;
    }

    static Reading of(Path file, RunbookReader reader) {
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] content = stream.readNBytes(LARGEST + 1);
            return new Reading(
                    content, content.length > LARGEST ? reader.read(file, Map.of()) : reader.read(file, content));
        } catch (IOException unreadable) {
            return new Reading(new byte[0], reader.read(file, Map.of()));
        }
    }

    /** Empty where the file could not be read, which the text then says. */
    byte[] content() {
        return content;
    }

    RunbookText text() {
        return text;
    }
}
