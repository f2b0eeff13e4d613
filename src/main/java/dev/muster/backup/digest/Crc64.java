package dev.muster.backup.digest;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.Checksum;

/** The checksum CRC-64/NVME, which S3 keeps of whole objects; eight bytes at a time, since Java has none of its own. */
final class Crc64 implements Checksum {
    private static final long POLYNOMIAL = 0x9A6C9329AC4BC9B5L;
    private static final long[][] TABLES = tables();
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private long state = -1;

    @Override
    public void update(int octet) {
        state = TABLES[0][(int) (state ^ octet) & 0xff] ^ (state >>> 8);
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        long value = state;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            long mixed = value ^ (long) LONGS.get(bytes, at);
            value = TABLES[7][(int) mixed & 0xff]
                    ^ TABLES[6][(int) (mixed >>> 8) & 0xff]
                    ^ TABLES[5][(int) (mixed >>> 16) & 0xff]
                    ^ TABLES[4][(int) (mixed >>> 24) & 0xff]
                    ^ TABLES[3][(int) (mixed >>> 32) & 0xff]
                    ^ TABLES[2][(int) (mixed >>> 40) & 0xff]
                    ^ TABLES[1][(int) (mixed >>> 48) & 0xff]
                    ^ TABLES[0][(int) (mixed >>> 56) & 0xff];
        }
        state = value;
        for (; at < end; at++) {
            update(bytes[at]);
        }
    }

    @Override
    public long getValue() {
        return ~state;
    }

    @Override
    public void reset() {
        state = -1;
    }

    /** The first table moves a byte through the register, each further one moves it past one byte more. */
    private static long[][] tables() {
        long[][] tables = new long[Long.BYTES][256];
        for (int octet = 0; octet < 256; octet++) {
            long value = octet;
            for (int bit = 0; bit < 8; bit++) {
                value = (value & 1) == 0 ? value >>> 1 : value >>> 1 ^ POLYNOMIAL;
            }
            tables[0][octet] = value;
        }
        for (int table = 1; table < Long.BYTES; table++) {
            for (int octet = 0; octet < 256; octet++) {
                long before = tables[table - 1][octet];
                tables[table][octet] = tables[0][(int) before & 0xff] ^ (before >>> 8);
            }
        }
        return tables;
    }
}
