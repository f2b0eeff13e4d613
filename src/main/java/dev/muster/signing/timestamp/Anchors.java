package dev.muster.signing.timestamp;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** The certificates that somebody trusts timestamps by. */
public final class Anchors {
    private static final long LARGEST_FILE = 1024 * 1024;
    private static final String NAMES = "{*.crt,tsa*.pem}";

    private Anchors() {}

    /** Those of a folder: every {@code *.crt} and {@code tsa*.pem}. */
    public static List<X509Certificate> in(Path folder) {
        List<X509Certificate> anchors = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, NAMES)) {
            for (Path file : files) {
                anchors.addAll(of(file));
            }
            return List.copyOf(anchors);
        } catch (IOException | DirectoryIteratorException unreadable) {
            throw new CouldNotRun(
                    new Problem(
                            "The folder with the trusted certificates cannot be read (" + unreadable + ")",
                            folder.toString(),
                            "Name a readable folder; certificates of timestamp authorities lie in it as *.crt or"
                                    + " tsa*.pem."),
                    unreadable);
        }
    }

    /** Those of one file. */
    public static List<X509Certificate> of(Path file) {
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw new CertificateException("it is larger than " + LARGEST_FILE + " bytes");
            }
            List<X509Certificate> certificates = new ArrayList<>();
            for (Certificate one : CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)))) {
                certificates.add((X509Certificate) one);
            }
            if (certificates.isEmpty()) {
                throw new CertificateException("it holds none");
            }
            return List.copyOf(certificates);
        } catch (IOException | CertificateException unreadable) {
            throw new CouldNotRun(
                    new Problem(
                            "The certificate of the timestamp authority cannot be read (" + unreadable.getMessage()
                                    + ")",
                            file.toString(),
                            "Put the authority's certificate, or that of whoever issued it, there as X.509 in PEM"
                                    + " form."),
                    unreadable);
        }
    }
}
