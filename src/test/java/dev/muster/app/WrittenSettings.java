package dev.muster.app;

import dev.muster.runbook.Misprints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A folder with what a test writes as its settings. */
record WrittenSettings(Path folder) {

    /** Reads the settings that lie there. */
    Settings read(Map<String, String> environment) throws Misprints {
        return Settings.read(Optional.empty(), Optional.empty(), environment, folder);
    }

    Path write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolve("..").normalize());
        return Files.writeString(file, content);
    }
}
