package dev.muster.web.tls;

import dev.muster.drill.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Where a server's certificate and its key lie. */
public sealed interface CertificateFiles {

    /** The files, whose change is a new certificate. */
    List<Path> files();

    /** The certificate with those above it, and its key, as two files of PEM. */
    record Pem(Path certificate, Path key) implements CertificateFiles {
        @Override
        public List<Path> files() {
            return List.of(certificate, key);
        }
    }

    /** Both in one file that may have a password. */
    record Pkcs12(Path file, Optional<Supplier<Secret>> password) implements CertificateFiles {
        @Override
        public List<Path> files() {
            return List.of(file);
        }
    }
}
