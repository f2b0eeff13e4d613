package dev.muster.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.signing.KeySource;
import dev.muster.signing.Signer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Keys that Muster does not make itself. */
final class EvidenceKeys {
    private EvidenceKeys() {}

    /** A P-256 key by openssl, with these lines before it. */
    static Signer p256(Path folder, String... heading) throws IOException, InterruptedException {
        Path file = Files.createDirectories(folder).resolve("key.pem");
        int exit = new ProcessBuilder(
                        "openssl",
                        "genpkey",
                        "-algorithm",
                        "EC",
                        "-pkeyopt",
                        "ec_paramgen_curve:P-256",
                        "-out",
                        file.toString())
                .start()
                .waitFor();
        assertThat(exit).isZero();
        Files.writeString(file, String.join("", heading) + Files.readString(file));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return new KeySource.Pem(file).open();
    }
}
