package dev.muster.signing;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds a private key with its certificate among those of a store. */
record StoredKey(KeyStore store, String place, Optional<Provider> token) {

    /** The key under a name; without one, the only key. */
    KeySigner signer(Optional<String> alias, Optional<char[]> password) throws GeneralSecurityException {
        List<String> keys = new ArrayList<>();
        for (String each : Collections.list(store.aliases())) {
            if (store.isKeyEntry(each)) {
                keys.add(each);
            }
        }
        String chosen = alias.or(() -> keys.size() == 1 ? Optional.of(keys.get(0)) : Optional.empty())
                .filter(keys::contains)
                .orElseThrow(() -> new CouldNotRun(new Problem(
                        alias.map(name -> "There is no key " + name).orElse("It is not clear which key to take"),
                        place,
                        "The keys there that have a certificate are "
                                + (keys.isEmpty() ? "none" : String.join(", ", keys))
                                + ". Name one of them in the settings; make a certificate for a key that has none.")));
        return signer(store.getKey(chosen, password.orElse(null)), store.getCertificate(chosen), chosen);
    }

    private KeySigner signer(@Nullable Key key, @Nullable Certificate certificate, String alias)
            throws GeneralSecurityException {
        if (!(key instanceof PrivateKey privateKey) || !(certificate instanceof X509Certificate known)) {
            throw new CouldNotRun(new Problem(
                    "The key " + alias + " is no private key with a certificate",
                    place,
                    "Name another one in the settings, or make a certificate for this one."));
        }
        Validity validity = new Validity(
                Optional.of(known.getNotBefore().toInstant()),
                Optional.of(known.getNotAfter().toInstant()));
        return new KeySigner(privateKey, PublicKeyText.of(known.getPublicKey(), false, validity), place, token);
    }
}
