package dev.muster.signing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** Signatures as {@code ssh-keygen -Y} makes and verifies them, for a purpose that is signed along. */
public final class SshSignature {
    private static final String MAGIC = "SSHSIG";
    private static final int VERSION = 1;
    private static final String HASH = "sha512";
    private static final String BEGIN = "-----BEGIN SSH SIGNATURE-----\n";
    private static final String END = "\n-----END SSH SIGNATURE-----\n";
    private static final int LINE = 70;

    private SshSignature() {}

    /** Signs a message for a purpose, which ssh calls the namespace. */
    public static String sign(byte[] message, String purpose, Signer signer) {
        byte[] signature = signer.sign(toBeSigned(message, purpose));
        byte[] blob =
                concatenated(head(purpose, signer.publicKey()), string(signatureBlob(signer.publicKey(), signature)));
        String lines = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(blob);
        return BEGIN + lines + END;
    }

    /** Whether the holder of this key has signed the message for this purpose. */
    public static boolean verifies(byte[] message, String purpose, PublicKeyText key, String armoured) {
        if (!armoured.startsWith(BEGIN)
                || !armoured.endsWith(END)
                || armoured.length() < BEGIN.length() + END.length()) {
            return false;
        }
        try {
            String text = armoured.substring(BEGIN.length(), armoured.length() - END.length())
                    .replace("\n", "");
            byte[] blob = Base64.getDecoder().decode(text);
            byte[] head = head(purpose, key);
            if (blob.length < head.length || !Arrays.equals(Arrays.copyOf(blob, head.length), head)) {
                return false;
            }
            ByteBuffer rest = ByteBuffer.wrap(readString(ByteBuffer.wrap(blob).position(head.length)));
            readString(rest);
            byte[] signature = key.kind().fromSsh(readString(rest));
            byte[] expected = concatenated(head, string(signatureBlob(key, signature)));
            // Two ways to write one signature would let a byte of it be changed unnoticed.
            return text.equals(Base64.getEncoder().encodeToString(expected))
                    && key.verifies(toBeSigned(message, purpose), signature);
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static byte[] head(String purpose, PublicKeyText key) {
        return concatenated(
                MAGIC.getBytes(StandardCharsets.US_ASCII),
                number(VERSION),
                string(key.sshBlob()),
                string(purpose),
                string(""),
                string(HASH));
    }

    private static byte[] toBeSigned(byte[] message, String purpose) {
        try {
            return concatenated(
                    MAGIC.getBytes(StandardCharsets.US_ASCII),
                    string(purpose),
                    string(""),
                    string(HASH),
                    string(MessageDigest.getInstance("SHA-512").digest(message)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-512", impossible);
        }
    }

    private static byte[] signatureBlob(PublicKeyText key, byte[] signature) {
        return concatenated(string(key.kind().sshType()), string(key.kind().toSsh(signature)));
    }

    private static byte[] readString(ByteBuffer rest) {
        if (rest.remaining() < Integer.BYTES) {
            throw new IllegalArgumentException("the signature is cut short");
        }
        int length = rest.getInt();
        if (length < 0 || length > rest.remaining()) {
            throw new IllegalArgumentException("the signature is cut short");
        }
        byte[] bytes = new byte[length];
        rest.get(bytes);
        return bytes;
    }

    static byte[] string(String text) {
        return string(text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] string(byte[] bytes) {
        return concatenated(number(bytes.length), bytes);
    }

    static byte[] concatenated(byte[]... parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }
}
