package dev.muster.signing.approver;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A person's public key for ssh.
 *
 * @param line its kind and its bytes in base64, as they stand in a {@code .pub} file
 */
public record PersonalKey(String line) {
    private static final String ED25519 = "ssh-ed25519";
    private static final String P256 = "ecdsa-sha2-nistp256";
    private static final String RSA = "ssh-rsa";
    private static final String ED25519_INFO = "302a300506032b6570032100";
    private static final int ED25519_BYTES = 32;
    private static final int P256_BYTES = 32;
    private static final int FEWEST_RSA_BITS = 2048;

    /** The key of a kind with these bytes; empty when it is of a kind that is not known here, or damaged. */
    static Optional<PersonalKey> of(String kind, String base64) {
        PersonalKey key = new PersonalKey(kind + " " + base64);
        try {
            key.publicKey();
            return Optional.of(key);
        } catch (GeneralSecurityException | IllegalArgumentException unusable) {
            return Optional.empty();
        }
    }

    static Optional<PersonalKey> of(byte[] blob) {
        try {
            return of(new SshFields(blob).text(), Base64.getEncoder().encodeToString(blob));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** How ssh calls the key in short. */
    public String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(blob());
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    private byte[] blob() {
        return Base64.getDecoder().decode(line.substring(line.indexOf(' ') + 1));
    }

    /** Whether these bytes, as ssh writes a signature, are this key's over the message. */
    boolean verifies(byte[] message, byte[] signature) {
        try {
            SshFields fields = new SshFields(signature);
            String algorithm = fields.text();
            byte[] bytes = fields.bytes();
            fields.end();
            Signature verifier = Signature.getInstance(javaName(algorithm));
            verifier.initVerify(publicKey());
            verifier.update(message);
            return verifier.verify(algorithm.equals(P256) ? bothNumbers(bytes) : bytes);
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            return false;
        }
    }

    private String javaName(String algorithm) throws InvalidKeyException {
        String kind = line.substring(0, line.indexOf(' '));
        if (kind.equals(RSA) && algorithm.equals("rsa-sha2-512")) {
            return "SHA512withRSA";
        }
        if (kind.equals(RSA) && algorithm.equals("rsa-sha2-256")) {
            return "SHA256withRSA";
        }
        if (kind.equals(algorithm) && kind.equals(ED25519)) {
            return "Ed25519";
        }
        if (kind.equals(algorithm) && kind.equals(P256)) {
            return "SHA256withECDSAinP1363Format";
        }
        throw new InvalidKeyException("a key of the kind " + kind + " makes no signature of the kind " + algorithm);
    }

    private static byte[] bothNumbers(byte[] signature) {
        SshFields fields = new SshFields(signature);
        byte[] both = new byte[2 * P256_BYTES];
        for (int number = 1; number <= 2; number++) {
            byte[] bytes = new BigInteger(fields.bytes()).toByteArray();
            int from = bytes.length > P256_BYTES && bytes[0] == 0 ? 1 : 0;
            int length = bytes.length - from;
            if (length > P256_BYTES) {
                throw new IllegalArgumentException("a number of the signature is too long");
            }
            System.arraycopy(bytes, from, both, number * P256_BYTES - length, length);
        }
        fields.end();
        return both;
    }

    private PublicKey publicKey() throws GeneralSecurityException {
        SshFields fields = new SshFields(blob());
        String kind = fields.text();
        if (!line.startsWith(kind + " ")) {
            throw new InvalidKeyException("the key is of another kind than it says");
        }
        PublicKey key = switch (kind) {
            case ED25519 -> ed25519(fields.bytes());
            case P256 -> p256(fields.text(), fields.bytes());
            case RSA -> rsa(new BigInteger(fields.bytes()), new BigInteger(fields.bytes()));
            default -> throw new InvalidKeyException("keys of the kind " + kind + " are not known");
        };
        fields.end();
        return key;
    }

    private static PublicKey ed25519(byte[] point) throws GeneralSecurityException {
        if (point.length != ED25519_BYTES) {
            throw new InvalidKeyException("the point has " + point.length + " bytes");
        }
        byte[] info = HexFormat.of().parseHex(ED25519_INFO + HexFormat.of().formatHex(point));
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(info));
    }

    private static PublicKey p256(String curve, byte[] point) throws GeneralSecurityException {
        if (!curve.equals("nistp256") || point.length != 1 + 2 * P256_BYTES || point[0] != 4) {
            throw new InvalidKeyException("the point is not one of the curve");
        }
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        ECPoint place = new ECPoint(
                new BigInteger(1, Arrays.copyOfRange(point, 1, 1 + P256_BYTES)),
                new BigInteger(1, Arrays.copyOfRange(point, 1 + P256_BYTES, point.length)));
        return KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(place, parameters.getParameterSpec(ECParameterSpec.class)));
    }

    private static PublicKey rsa(BigInteger exponent, BigInteger modulus) throws GeneralSecurityException {
        if (modulus.bitLength() < FEWEST_RSA_BITS) {
            throw new InvalidKeyException("the key has " + modulus.bitLength() + " bits");
        }
        return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
    }
}
