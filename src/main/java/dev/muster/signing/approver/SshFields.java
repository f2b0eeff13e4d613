package dev.muster.signing.approver;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads the fields that keys and signatures of ssh are made of; whatever is cut short is an illegal argument. */
final class SshFields {
    private final ByteBuffer left;

    SshFields(byte[] bytes) {
        this.left = ByteBuffer.wrap(bytes);
    }

    byte[] bytes() {
        int length = number();
        if (length < 0 || length > left.remaining()) {
            throw new IllegalArgumentException("a field is longer than what is left");
        }
        return fixed(length);
    }

    String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    int number() {
        try {
            return left.getInt();
        } catch (BufferUnderflowException cutShort) {
            throw new IllegalArgumentException("a number is cut short", cutShort);
        }
    }

    byte[] fixed(int length) {
        if (length > left.remaining()) {
            throw new IllegalArgumentException("the bytes are cut short");
        }
        byte[] bytes = new byte[length];
        left.get(bytes);
        return bytes;
    }

    void end() {
        if (left.hasRemaining()) {
            throw new IllegalArgumentException("something follows after the last field");
        }
    }
}
