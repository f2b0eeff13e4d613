package dev.muster.backup.digest;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/** The ways in which a backup's bytes are digested, and how files that hold such a digest are called. */
public enum Algorithm {
    SHA512("SHA-512", 64),
    SHA256("SHA-256", 32),
    SHA1("SHA-1", 20),
    MD5("MD5", 16),
    CRC64NVME("CRC64NVME", 8),
    CRC32C("CRC32C", 4),
    CRC32("CRC32", 4);

    private static final List<Algorithm> IN_FILES = List.of(SHA512, SHA256, SHA1, MD5);

    private final String label;
    private final int length;

    Algorithm(String label, int length) {
        this.label = label;
        this.length = length;
    }

    /** The algorithm's name as people write it. */
    public String label() {
        return label;
    }

    /** The length of a digest in bytes. */
    public int length() {
        return length;
    }

    /** A digest of no bytes yet. */
    public MessageDigest start() {
        return switch (this) {
            case SHA512, SHA256, SHA1, MD5 -> ofJava();
            case CRC64NVME -> new ChecksumDigest(label, new Crc64(), length);
            case CRC32C -> new ChecksumDigest(label, new CRC32C(), length);
            case CRC32 -> new ChecksumDigest(label, new CRC32(), length);
        };
    }

    /** The algorithm of a file such as {@code orders.dump.sha256}, which holds the digest of {@code orders.dump}. */
    public static Optional<Algorithm> ofSidecar(String name) {
        String small = name.toLowerCase(Locale.ROOT);
        return IN_FILES.stream()
                .filter(one -> small.endsWith("." + one.inNames()) || small.endsWith("." + one.inNames() + "sum"))
                .findFirst();
    }

    /** The algorithm of a file such as {@code SHA256SUMS}, which holds the digests of the files around it. */
    public static Optional<Algorithm> ofList(String name) {
        return IN_FILES.stream()
                .filter(one -> name.equals(one.listName()) || name.equals(one.listName() + ".txt"))
                .findFirst();
    }

    /** How the lists of digests are called. */
    public static List<String> listNames() {
        return IN_FILES.stream().map(Algorithm::listName).toList();
    }

    private String listName() {
        return name() + "SUMS";
    }

    private String inNames() {
        return name().toLowerCase(Locale.ROOT);
    }

    private MessageDigest ofJava() {
        try {
            return MessageDigest.getInstance(label);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + label, e);
        }
    }
}
