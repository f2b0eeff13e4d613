package dev.muster.backup.digest;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.zip.Checksum;

/** A checksum as a digest, its highest byte first. */
final class ChecksumDigest extends MessageDigest {
    private final Checksum checksum;
    private final int length;

    ChecksumDigest(String name, Checksum checksum, int length) {
        super(name);
        this.checksum = checksum;
        this.length = length;
    }

    @Override
    protected void engineUpdate(byte input) {
        checksum.update(input);
    }

    @Override
    protected void engineUpdate(byte[] input, int offset, int count) {
        checksum.update(input, offset, count);
    }

    @Override
    protected byte[] engineDigest() {
        byte[] value =
                ByteBuffer.allocate(Long.BYTES).putLong(checksum.getValue()).array();
        engineReset();
        return Arrays.copyOfRange(value, Long.BYTES - length, Long.BYTES);
    }

    @Override
    protected void engineReset() {
        checksum.reset();
    }
}
