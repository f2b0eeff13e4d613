package dev.muster.evidence;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
            return Files.isRegularFile(file) ? Optional.of(digest(file)) : Optional.empty();
        } catch (URISyntaxException | IOException unreadable) {
            return Optional.empty();
        }
    }

    /** The file is larger than the memory that some are given to run it. */
    private static String digest(Path file) throws IOException {
        try (DigestInputStream content =
                new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            content.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(content.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException(absent);
        }
    }
}
