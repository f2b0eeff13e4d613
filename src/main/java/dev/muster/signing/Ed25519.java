package dev.muster.signing;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;

/** Makes Ed25519 keys with what the JDK has. */
final class Ed25519 {
    private static final String ALGORITHM = "Ed25519";

    private Ed25519() {}

    static KeyPair generate() {
        return generate(new SecureRandom());
    }

    private static KeyPair generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
            generator.initialize(NamedParameterSpec.ED25519, random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java from 15 on has Ed25519", impossible);
        }
    }

    /** The pair that belongs to a private key; PKCS#8 as everybody writes it holds no public half. */
    static KeyPair pairOf(PrivateKey key) throws GeneralSecurityException {
        if (key instanceof EdECPrivateKey edwards
                && edwards.getParams().getName().equals(ALGORITHM)) {
            byte[] seed = edwards.getBytes().orElseThrow(() -> new InvalidKeyException("the key holds no seed"));
            return generate(new GivenSeed(seed));
        }
        throw new InvalidKeyException("the key is not Ed25519");
    }

    /** The JDK computes a public key only when it generates a pair; given its seed again, it makes the same pair. */
    private static final class GivenSeed extends SecureRandom {
        private static final long serialVersionUID = 1;

        private final byte[] seed;

        GivenSeed(byte[] seed) {
            this.seed = seed;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            if (bytes.length != seed.length) {
                throw new IllegalStateException("Ed25519 asks for one seed of " + seed.length + " bytes");
            }
            System.arraycopy(seed, 0, bytes, 0, seed.length);
        }
    }
}
