package dev.muster.check.filestore;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The digest that an application knows a content by, and the number of bytes it was made of. */
record ContentDigest(String hex, long bytes) {
    private static final int CHUNK = 128 * 1024;

    /** @param size about how long the content is, so that small ones cost no more than they must */
    static ContentDigest of(InputStream content, String algorithm, long size) throws IOException {
        MessageDigest digest = named(algorithm);
        byte[] chunk = new byte[(int) Math.max(1, Math.min(CHUNK, size + 1))];
        long bytes = 0;
        for (int read = content.read(chunk); read >= 0; read = content.read(chunk)) {
            digest.update(chunk, 0, read);
            bytes += read;
        }
        return new ContentDigest(HexFormat.of().formatHex(digest.digest()), bytes);
    }

    private static MessageDigest named(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has " + algorithm, impossible);
        }
    }
}
