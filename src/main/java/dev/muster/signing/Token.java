package dev.muster.signing;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.util.Optional;

/** A private key in a token, which never leaves it. */
final class Token {
    private static final String PROVIDER = "SunPKCS11";

    private Token() {}

    static Signer open(KeySource.Pkcs11 source) {
        String place = source.toString();
        if (!Files.isReadable(source.library())) {
            throw unusable(
                    "The token's library is not there", source.library().toString(), new IOException("no such file"));
        }
        String pin = source.pin().get().reveal();
        try {
            Provider provider = Security.getProvider(PROVIDER).configure(settings(source));
            KeyStore store = KeyStore.getInstance("PKCS11", provider);
            store.load(null, pin.toCharArray());
            return new StoredKey(store, place, Optional.of(provider))
                    .signer(Optional.of(source.label()), Optional.empty());
        } catch (IOException | GeneralSecurityException | ProviderException | IllegalArgumentException failed) {
            throw unusable("The token does not open (" + Reasons.of(failed) + ")", place, failed);
        }
    }

    /** Two hyphens at the beginning say that this is the text itself, and not the name of a file with it. */
    private static String settings(KeySource.Pkcs11 source) {
        String slot = source.slot().isPresent() ? "slot = " + source.slot().getAsLong() : "slotListIndex = 0";
        return "--name = muster\nlibrary = \"" + source.library() + "\"\n" + slot + "\n";
    }

    private static CouldNotRun unusable(String what, String place, Exception cause) {
        return new CouldNotRun(
                new Problem(
                        what,
                        place,
                        "See that the token is connected, and that `library`, `slot` and `pin` in the settings are"
                                + " its own; `pkcs11-tool --module LIBRARY --list-slots` shows it. Tokens lock"
                                + " themselves after a few wrong PINs, so do not just try again."),
                cause);
    }
}
