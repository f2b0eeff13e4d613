package dev.muster.evidence.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32;

/** A file's size and digests, found out without having it in memory. */
public record Measured(long size, long crc, String sha256) {
    private static final int PIECE = 64 * 1024;

    public static Measured of(byte[] content) {
        try {
            return whileCopied(new ByteArrayInputStream(content), OutputStream.nullOutputStream());
        } catch (IOException impossible) {
            throw new UncheckedIOException("memory can be read", impossible);
        }
    }

    public static Measured of(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            return whileCopied(content, OutputStream.nullOutputStream());
        }
    }

    public static Measured whileCopied(InputStream content, OutputStream copy) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            CRC32 checksum = new CRC32();
            byte[] piece = new byte[PIECE];
            long size = 0;
            int read;
            while ((read = content.read(piece)) >= 0) {
                digest.update(piece, 0, read);
                checksum.update(piece, 0, read);
                copy.write(piece, 0, read);
                size += read;
            }
            return new Measured(size, checksum.getValue(), HexFormat.of().formatHex(digest.digest()));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
