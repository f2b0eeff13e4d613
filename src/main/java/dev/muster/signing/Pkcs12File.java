package dev.muster.signing;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;

/** A private key in a PKCS#12 store. */
final class Pkcs12File {
    private Pkcs12File() {}

    static Signer open(KeySource.Pkcs12 source) {
        char[] password = source.password().get().reveal().toCharArray();
        try (InputStream content = Files.newInputStream(source.file())) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(content, password);
            return new StoredKey(store, source.file().toString(), Optional.empty())
                    .signer(source.alias(), Optional.of(password));
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new CouldNotRun(
                    new Problem(
                            "The PKCS#12 store cannot be opened (" + Reasons.of(unreadable) + ")",
                            source.file().toString(),
                            "See that the file is there, that the user who runs Muster may read it, and that"
                                    + " `password` in the settings refers to its password; `openssl pkcs12 -info"
                                    + " -noout -in " + source.file() + "` asks for the password and tries it."),
                    unreadable);
        }
    }
}
