package dev.muster.signing;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** A private key as PKCS#8 in PEM form, with the lines before it. */
final class PrivateKeyText {
    private static final String TYPE = "PRIVATE KEY";
    /** What stands before the public point in an ECPrivateKey (RFC 5915) over P-256: [1], a bit string. */
    private static final byte[] BEFORE_PUBLIC_HALF = HexFormat.of().parseHex("a144034200");

    private PrivateKeyText() {}

    static String format(KeyPair pair, PublicKeyText publicKey) {
        return PublicKeyText.heading(publicKey.demonstration(), publicKey.validity())
                + PemBlock.format(TYPE, pair.getPrivate().getEncoded());
    }

    static KeySigner read(String pem, String place) throws GeneralSecurityException {
        KeyPair pair = pair(PemBlock.parse(TYPE, pem));
        PublicKeyText publicKey =
                PublicKeyText.of(pair.getPublic(), PublicKeyText.saysDemonstration(pem), PemBlock.validity(pem));
        return new KeySigner(pair.getPrivate(), publicKey, place, Optional.empty());
    }

    private static KeyPair pair(byte[] pkcs8) throws GeneralSecurityException {
        PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(pkcs8);
        PrivateKey edwards;
        try {
            edwards = KeyFactory.getInstance(KeyKind.ED25519.keyAlgorithm()).generatePrivate(encoded);
        } catch (InvalidKeySpecException another) {
            PrivateKey key = KeyFactory.getInstance(KeyKind.P256.keyAlgorithm()).generatePrivate(encoded);
            return new KeyPair(KeyKind.P256.publicKey(KeyKind.P256.ofPoint(publicPoint(pkcs8))), key);
        }
        return Ed25519.pairOf(edwards);
    }

    /** Java computes no public half, but most programs write it behind the private one. */
    private static byte[] publicPoint(byte[] pkcs8) throws InvalidKeyException {
        int start = pkcs8.length - KeyKind.P256.pointBytes();
        int before = start - BEFORE_PUBLIC_HALF.length;
        if (before < 0 || !Arrays.equals(Arrays.copyOfRange(pkcs8, before, start), BEFORE_PUBLIC_HALF)) {
            throw new InvalidKeyException(
                    "it is not P-256 with its public half, which `openssl pkey -in OLD -out NEW` adds");
        }
        return Arrays.copyOfRange(pkcs8, start, pkcs8.length);
    }
}
