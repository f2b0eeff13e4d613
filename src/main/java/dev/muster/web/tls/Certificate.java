package dev.muster.web.tls;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.drill.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;

/** Reads a certificate and its key, and finds out whether they can be used. */
final class Certificate {
    static final String PASSWORD = "in memory only";

    private static final String ALIAS = "server";
    private static final byte[] SAMPLE = {1, 2, 3};

    private Certificate() {}

    /** A key store that holds the certificate and nothing else. */
    static KeyStore read(CertificateFiles files, Clock clock) {
        try {
            KeyStore.PrivateKeyEntry entry = entry(files);
            X509Certificate certificate = (X509Certificate) entry.getCertificate();
            certificate.checkValidity(Date.from(clock.instant()));
            seeThatTheyBelongTogether(entry.getPrivateKey(), certificate);
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(ALIAS, entry.getPrivateKey(), PASSWORD.toCharArray(), entry.getCertificateChain());
            return store;
        } catch (GeneralSecurityException | IOException | IllegalArgumentException unusable) {
            throw unusable(files, unusable);
        }
    }

    /** When the certificate ends, or has ended. */
    static Instant end(CertificateFiles files) {
        try {
            return ((X509Certificate) entry(files).getCertificate())
                    .getNotAfter()
                    .toInstant();
        } catch (GeneralSecurityException | IOException | IllegalArgumentException unusable) {
            throw unusable(files, unusable);
        }
    }

    private static KeyStore.PrivateKeyEntry entry(CertificateFiles files) throws GeneralSecurityException, IOException {
        return files instanceof CertificateFiles.Pem pem ? pem(pem) : pkcs12(files);
    }

    private static CouldNotRun unusable(CertificateFiles files, Exception unusable) {
        return new CouldNotRun(
                new Problem(
                        "The certificate cannot be used (" + unusable.getMessage() + ")",
                        files.files().stream()
                                .map(Path::toString)
                                .reduce((one, other) -> one + ", " + other)
                                .orElseThrow(),
                        "Put a certificate that is valid now, with those above it and its own key, into what"
                                + " serve.tls names, readable for the user who runs Muster."),
                unusable);
    }

    private static KeyStore.PrivateKeyEntry pem(CertificateFiles.Pem pem) throws GeneralSecurityException, IOException {
        Collection<? extends java.security.cert.Certificate> chain = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(pem.certificate())));
        if (chain.isEmpty()) {
            throw new GeneralSecurityException("the file holds no certificate in PEM");
        }
        return new KeyStore.PrivateKeyEntry(
                KeyText.read(Files.readString(pem.key())), chain.toArray(java.security.cert.Certificate[]::new));
    }

    private static KeyStore.PrivateKeyEntry pkcs12(CertificateFiles files)
            throws GeneralSecurityException, IOException {
        CertificateFiles.Pkcs12 pkcs12 = (CertificateFiles.Pkcs12) files;
        char[] password = pkcs12.password()
                .map(secret -> secret.get())
                .map(Secret::reveal)
                .orElse("")
                .toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(pkcs12.file())) {
            store.load(file, password);
        }
        for (String alias : Collections.list(store.aliases())) {
            if (store.getEntry(alias, new KeyStore.PasswordProtection(password))
                    instanceof KeyStore.PrivateKeyEntry entry) {
                return entry;
            }
        }
        throw new GeneralSecurityException("the file holds no key with a certificate");
    }

    private static void seeThatTheyBelongTogether(PrivateKey key, X509Certificate certificate)
            throws GeneralSecurityException {
        Signature signature =
                Signature.getInstance(key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA");
        signature.initSign(key);
        signature.update(SAMPLE);
        byte[] signed = signature.sign();
        if (!key.getAlgorithm().equals(certificate.getPublicKey().getAlgorithm())) {
            throw new GeneralSecurityException("the key is not that of the certificate");
        }
        signature.initVerify(certificate.getPublicKey());
        signature.update(SAMPLE);
        if (!signature.verify(signed)) {
            throw new GeneralSecurityException("the key is not that of the certificate");
        }
    }
}
