package dev.muster.signing;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/** The two numbers of an ECDSA signature over P-256, which DER and ssh write differently. */
record EcdsaSignature(BigInteger r, BigInteger s) {
    private static final int SEQUENCE = 0x30;
    private static final int INTEGER = 0x02;
    private static final int MOST_BYTES = 33;

    /** Reads DER; of what follows the two numbers nothing is kept. */
    static EcdsaSignature ofDer(byte[] der) {
        ByteBuffer rest = ByteBuffer.wrap(der);
        try {
            if (rest.get() != SEQUENCE || rest.get() != rest.remaining()) {
                throw new IllegalArgumentException("the signature is no sequence in DER");
            }
            return new EcdsaSignature(ofDer(rest), ofDer(rest));
        } catch (BufferUnderflowException cutShort) {
            throw new IllegalArgumentException("the signature is cut short", cutShort);
        }
    }

    private static BigInteger ofDer(ByteBuffer rest) {
        if (rest.get() != INTEGER) {
            throw new IllegalArgumentException("the signature holds no number");
        }
        return number(rest, rest.get());
    }

    static EcdsaSignature ofSsh(ByteBuffer rest) {
        try {
            return new EcdsaSignature(number(rest, rest.getInt()), number(rest, rest.getInt()));
        } catch (BufferUnderflowException cutShort) {
            throw new IllegalArgumentException("the signature is cut short", cutShort);
        }
    }

    private static BigInteger number(ByteBuffer rest, int length) {
        if (length < 1 || length > MOST_BYTES) {
            throw new IllegalArgumentException("the signature's numbers are not those of P-256");
        }
        byte[] bytes = new byte[length];
        rest.get(bytes);
        return new BigInteger(bytes);
    }

    byte[] der() {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        for (BigInteger number : new BigInteger[] {r, s}) {
            byte[] bytes = number.toByteArray();
            both.write(INTEGER);
            both.write(bytes.length);
            both.writeBytes(bytes);
        }
        return SshSignature.concatenated(new byte[] {SEQUENCE, (byte) both.size()}, both.toByteArray());
    }

    byte[] ssh() {
        return SshSignature.concatenated(SshSignature.string(r.toByteArray()), SshSignature.string(s.toByteArray()));
    }
}
