package dev.muster.check.filestore;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** A great many names in little memory: of each the first eight bytes of its SHA-256. */
final class Fingerprints {
    private final MessageDigest digest;
    private long[] prints = new long[1024];
    private int size;
    private boolean sorted;

    Fingerprints() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    void add(String name) {
        if (size == prints.length) {
            prints = Arrays.copyOf(prints, 2 * size);
        }
        prints[size++] = print(name);
        sorted = false;
    }

    boolean contains(String name) {
        if (!sorted) {
            Arrays.sort(prints, 0, size);
            sorted = true;
        }
        return Arrays.binarySearch(prints, 0, size, print(name)) >= 0;
    }

    private long print(String name) {
        return ByteBuffer.wrap(digest.digest(name.getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }
}
