package dev.muster.evidence;

import dev.muster.evidence.bundle.Statement;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;

/** The program that writes the evidence: which Muster it is. */
final class ThisProgram {
    private ThisProgram() {}

    static String version() {
        return Optional.ofNullable(ThisProgram.class.getPackage().getImplementationVersion())
                .orElse("unreleased");
    }

    /** The digest of its one file; absent when it runs from a folder of classes. */
    static Optional<String> sha256() {
        CodeSource source = ThisProgram.class.getProtectionDomain().getCodeSource();
        if (source == null) {
            return Optional.empty();
        }
        try {
            Path file = Path.of(source.getLocation().toURI());
            return Files.isRegularFile(file)
                    ? Optional.of(Statement.sha256(Files.readAllBytes(file)))
                    : Optional.empty();
        } catch (URISyntaxException | IOException unreadable) {
            return Optional.empty();
        }
    }
}
