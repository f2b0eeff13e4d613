package dev.muster.signing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;

/** The kinds of keys that sign, with what each is called and looks like in the forms of others. */
public enum KeyKind {
    ED25519("Ed25519", "EdDSA", "Ed25519", "ssh-ed25519", "302a300506032b6570032100", 32, 1) {
        @Override
        byte[] sshPoint(byte[] point) {
            return SshSignature.string(point);
        }

        @Override
        byte[] toSsh(byte[] signature) {
            return signature.clone();
        }

        @Override
        byte[] fromSsh(byte[] signature) {
            return signature.clone();
        }

        @Override
        boolean wellFormed(byte[] signature) {
            return signature.length == ED25519_BYTES;
        }

        @Override
        byte[] noteKey(byte[] subjectPublicKeyInfo) {
            return point(subjectPublicKeyInfo);
        }

        @Override
        byte[] noteHint(String name, byte[] subjectPublicKeyInfo) {
            return SshSignature.concatenated(
                    (name + "\n").getBytes(StandardCharsets.UTF_8),
                    new byte[] {noteType()},
                    noteKey(subjectPublicKeyInfo));
        }
    },
    P256(
            "P-256",
            "EC",
            "SHA256withECDSA",
            "ecdsa-sha2-nistp256",
            "3059301306072a8648ce3d020106082a8648ce3d030107034200",
            65,
            2) {
        @Override
        byte[] sshPoint(byte[] point) {
            return SshSignature.concatenated(SshSignature.string("nistp256"), SshSignature.string(point));
        }

        @Override
        byte[] toSsh(byte[] signature) {
            return EcdsaSignature.ofDer(signature).ssh();
        }

        @Override
        byte[] fromSsh(byte[] signature) {
            return EcdsaSignature.ofSsh(ByteBuffer.wrap(signature)).der();
        }

        @Override
        boolean wellFormed(byte[] signature) {
            return Arrays.equals(EcdsaSignature.ofDer(signature).der(), signature);
        }

        @Override
        byte[] noteKey(byte[] subjectPublicKeyInfo) {
            return subjectPublicKeyInfo.clone();
        }

        /** The specification of signed notes has it so for this kind: without name and kind. */
        @Override
        byte[] noteHint(String name, byte[] subjectPublicKeyInfo) {
            return subjectPublicKeyInfo.clone();
        }
    };

    private static final int ED25519_BYTES = 64;

    private final String word;
    private final String keyAlgorithm;
    private final String signatureAlgorithm;
    private final String sshType;
    private final String prefix;
    private final int pointBytes;
    private final int noteType;

    KeyKind(
            String word,
            String keyAlgorithm,
            String signatureAlgorithm,
            String sshType,
            String prefix,
            int pointBytes,
            int noteType) {
        this.word = word;
        this.keyAlgorithm = keyAlgorithm;
        this.signatureAlgorithm = signatureAlgorithm;
        this.sshType = sshType;
        this.prefix = prefix;
        this.pointBytes = pointBytes;
        this.noteType = noteType;
    }

    /** What people call it. */
    public String word() {
        return word;
    }

    String keyAlgorithm() {
        return keyAlgorithm;
    }

    String signatureAlgorithm() {
        return signatureAlgorithm;
    }

    String sshType() {
        return sshType;
    }

    byte noteType() {
        return (byte) noteType;
    }

    static KeyKind of(byte[] subjectPublicKeyInfo) throws InvalidKeyException {
        String hex = HexFormat.of().formatHex(subjectPublicKeyInfo);
        return Stream.of(values())
                .filter(kind -> hex.startsWith(kind.prefix)
                        && subjectPublicKeyInfo.length == kind.prefixBytes() + kind.pointBytes)
                .findFirst()
                .orElseThrow(() -> new InvalidKeyException("the key is neither Ed25519 nor P-256"));
    }

    private int prefixBytes() {
        return prefix.length() / 2;
    }

    PublicKey publicKey(byte[] subjectPublicKeyInfo) throws GeneralSecurityException {
        return KeyFactory.getInstance(keyAlgorithm).generatePublic(new X509EncodedKeySpec(subjectPublicKeyInfo));
    }

    /** The SubjectPublicKeyInfo of the key that is this point on the curve. */
    byte[] ofPoint(byte[] point) {
        return SshSignature.concatenated(HexFormat.of().parseHex(prefix), point);
    }

    byte[] point(byte[] subjectPublicKeyInfo) {
        return Arrays.copyOfRange(subjectPublicKeyInfo, prefixBytes(), subjectPublicKeyInfo.length);
    }

    int pointBytes() {
        return pointBytes;
    }

    abstract byte[] sshPoint(byte[] point);

    /** A signature as ssh has it. */
    abstract byte[] toSsh(byte[] signature);

    /**
     * The signature that ssh has so.
     *
     * @throws IllegalArgumentException when it is none
     */
    abstract byte[] fromSsh(byte[] signature);

    /**
     * Whether a signature is written in the one way there is; two ways to write it would be two signatures.
     *
     * @throws IllegalArgumentException when it is none
     */
    abstract boolean wellFormed(byte[] signature);

    /** The key in the keys of signed notes, after the type. */
    abstract byte[] noteKey(byte[] subjectPublicKeyInfo);

    /** What the hint of a signed note is the digest of. */
    abstract byte[] noteHint(String name, byte[] subjectPublicKeyInfo);
}
