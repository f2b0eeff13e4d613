package dev.muster.backup.pgbackrest;

import dev.muster.backup.log.LogSeal;
import dev.muster.drill.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.CipherInputStream;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Reads what pgBackRest encrypted with {@code aes-256-cbc}: the form of {@code openssl enc}, with a salt in front and a
 * key that SHA-1 makes of it and the passphrase.
 */
public final class RepositoryCipher implements LogSeal {
    private static final byte[] MAGIC = "Salted__".getBytes(StandardCharsets.US_ASCII);
    private static final int SALT = 8;
    private static final int HEADER = 16;
    private static final int KEY = 32;
    private static final int BLOCK = 16;

    private final Secret passphrase;

    public RepositoryCipher(Secret passphrase) {
        this.passphrase = passphrase;
    }

    /** Whether what begins with these bytes is encrypted. */
    public static boolean encrypted(byte[] head) {
        return head.length >= MAGIC.length && Arrays.equals(head, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /** The content of an encrypted stream. A wrong passphrase shows at its end, or in what comes out. */
    @Override
    public InputStream open(InputStream encrypted) throws IOException {
        byte[] header = encrypted.readNBytes(HEADER);
        if (header.length < HEADER || !encrypted(header)) {
            throw new IOException(new IllegalBlockSizeException("it is not encrypted as pgBackRest does"));
        }
        return new CipherInputStream(encrypted, cipher(header, "AES/CBC/PKCS5Padding"));
    }

    @Override
    public byte[] beginning(byte[] head) {
        int whole = (head.length - HEADER) / BLOCK * BLOCK;
        if (whole <= 0 || !encrypted(head)) {
            return new byte[0];
        }
        try {
            return cipher(head, "AES/CBC/NoPadding").doFinal(head, HEADER, whole);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("whole blocks can always be decrypted", e);
        }
    }

    private Cipher cipher(byte[] header, String transformation) {
        byte[] salt = Arrays.copyOfRange(header, MAGIC.length, MAGIC.length + SALT);
        byte[] material = material(salt);
        try {
            Cipher cipher = Cipher.getInstance(transformation);
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(material, 0, KEY, "AES"),
                    new IvParameterSpec(material, KEY, BLOCK));
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES with 256 bits", e);
        }
    }

    /** Key and initial vector, as OpenSSL derives them: each round digests the one before, the passphrase and the salt. */
    private byte[] material(byte[] salt) {
        byte[] material = new byte[0];
        byte[] round = new byte[0];
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            while (material.length < KEY + BLOCK) {
                digest.update(round);
                digest.update(passphrase.reveal().getBytes(StandardCharsets.UTF_8));
                round = digest.digest(salt);
                int before = material.length;
                material = Arrays.copyOf(material, before + round.length);
                System.arraycopy(round, 0, material, before, round.length);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
        return material;
    }
}
