package dev.muster.signing;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;

/** Makes and reads Ed25519 keys with what the JDK has. */
final class Ed25519 {
    static final String ALGORITHM = "Ed25519";

    private static final String PRIVATE_TYPE = "PRIVATE KEY";

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

    static String privatePem(KeyPair pair, boolean demonstration) {
        return PublicKeyText.heading(demonstration)
                + PemBlock.format(PRIVATE_TYPE, pair.getPrivate().getEncoded());
    }

    /** The pair that belongs to a private key; PKCS#8 as everybody writes it holds no public half. */
    static KeyPair pairOf(String privatePem) throws GeneralSecurityException {
        PrivateKey key = KeyFactory.getInstance("EdDSA")
                .generatePrivate(new PKCS8EncodedKeySpec(PemBlock.parse(PRIVATE_TYPE, privatePem)));
        if (key instanceof EdECPrivateKey edwards
                && edwards.getParams().getName().equals(ALGORITHM)) {
            byte[] seed = edwards.getBytes().orElseThrow(() -> new InvalidKeyException("the key holds no seed"));
            return generate(new GivenSeed(seed));
        }
        throw new InvalidKeyException("the key is not Ed25519");
    }

    static PublicKey publicKey(byte[] subjectPublicKeyInfo) throws GeneralSecurityException {
        PublicKey key = KeyFactory.getInstance("EdDSA").generatePublic(new X509EncodedKeySpec(subjectPublicKeyInfo));
        if (key instanceof EdECPublicKey edwards
                && edwards.getParams().getName().equals(ALGORITHM)) {
            return key;
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
