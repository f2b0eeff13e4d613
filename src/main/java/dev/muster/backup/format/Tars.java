package dev.muster.backup.format;

/** Tells a tar by its blocks. */
final class Tars {
    private static final int BLOCK = 512;
    private static final int CHECKSUM = 148;
    private static final int CHECKSUM_LENGTH = 8;

    private Tars() {}

    /** Whether the bytes begin with a header block whose checksum is right. */
    static boolean looksLikeTar(byte[] head) {
        if (head.length < BLOCK || head[0] == 0) {
            return false;
        }
        int sum = 0;
        int declared = 0;
        for (int i = 0; i < BLOCK; i++) {
            boolean inChecksum = i >= CHECKSUM && i < CHECKSUM + CHECKSUM_LENGTH;
            sum += inChecksum ? ' ' : head[i] & 0xff;
            if (inChecksum && head[i] >= '0' && head[i] <= '7') {
                declared = declared * 8 + head[i] - '0';
            }
        }
        return sum == declared;
    }

    /** Whether the bytes are a tar's end without anything before it. */
    static boolean holdsNothing(byte[] head) {
        return head.length >= BLOCK && allZero(head, head.length);
    }

    /** Whether the last bytes of a tar are the two empty blocks that end it. */
    static boolean ends(byte[] tail) {
        return tail.length >= 2 * BLOCK && allZero(tail, 2 * BLOCK);
    }

    private static boolean allZero(byte[] bytes, int last) {
        for (int i = bytes.length - last; i < bytes.length; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
