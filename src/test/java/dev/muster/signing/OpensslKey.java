package dev.muster.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** A key that openssl made, with a certificate, as an organisation would have one. */
final class OpensslKey {
    private final Path folder;

    private OpensslKey(Path folder) {
        this.folder = folder;
    }

    /** @param kind as {@code openssl req -newkey} takes it */
    static OpensslKey of(Path folder, String... kind) throws Exception {
        OpensslKey key = new OpensslKey(Files.createDirectories(folder));
        List<String> command = new ArrayList<>(List.of("openssl", "req", "-x509", "-nodes", "-newkey"));
        command.addAll(List.of(kind));
        command.addAll(List.of("-days", "30", "-subj", "/CN=evidence"));
        command.addAll(List.of(
                "-keyout", key.pem().toString(), "-out", key.certificate().toString()));
        key.run(command.toArray(String[]::new));
        key.run(
                "openssl",
                "pkey",
                "-in",
                key.pem().toString(),
                "-pubout",
                "-out",
                key.publicPem().toString());
        Files.setPosixFilePermissions(key.pem(), PosixFilePermissions.fromString("rw-r-----"));
        return key;
    }

    static OpensslKey p256(Path folder) throws Exception {
        return of(folder, "ec", "-pkeyopt", "ec_paramgen_curve:P-256");
    }

    static OpensslKey ed25519(Path folder) throws Exception {
        return of(folder, "ed25519");
    }

    Path pem() {
        return folder.resolve("private.pem");
    }

    Path certificate() {
        return folder.resolve("certificate.pem");
    }

    Path publicPem() {
        return folder.resolve("public.pem");
    }

    PublicKeyText publicKey() throws IOException {
        return PublicKeyText.parse(Files.readString(publicPem())).orElseThrow();
    }

    Signer signer() {
        return new KeySource.Pem(pem()).open();
    }

    Path pkcs12(String password) throws Exception {
        Path store = folder.resolve("store.p12");
        run(
                "openssl",
                "pkcs12",
                "-export",
                "-inkey",
                pem().toString(),
                "-in",
                certificate().toString(),
                "-name",
                "evidence",
                "-passout",
                "pass:" + password,
                "-out",
                store.toString());
        return store;
    }

    private void run(String... command) throws IOException, InterruptedException {
        Path log = folder.resolve("log");
        int exit = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        assertThat(exit).as(Files.readString(log)).isZero();
    }
}
