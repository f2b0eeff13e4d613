package dev.muster.check.filestore;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The digest that applications name and check attachments by, and the bytes it was made of. */
record Sha1(String hex, long bytes) {
    private static final int CHUNK = 128 * 1024;

    static Sha1 of(InputStream content) throws IOException {
        MessageDigest digest = algorithm();
        byte[] chunk = new byte[CHUNK];
        long bytes = 0;
        for (int read = content.read(chunk); read >= 0; read = content.read(chunk)) {
            digest.update(chunk, 0, read);
            bytes += read;
        }
        return new Sha1(HexFormat.of().formatHex(digest.digest()), bytes);
    }

    private static MessageDigest algorithm() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-1", impossible);
        }
    }
}
