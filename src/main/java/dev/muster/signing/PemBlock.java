package dev.muster.signing;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.util.Base64;

/** The textual armour around a key. */
final class PemBlock {
    private PemBlock() {}

    static String format(String type, byte[] content) {
        Base64.Encoder encoder = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
        return begin(type) + "\n" + encoder.encodeToString(content) + "\n" + end(type) + "\n";
    }

    static byte[] parse(String type, String text) throws InvalidKeyException {
        int start = text.indexOf(begin(type));
        int stop = text.indexOf(end(type));
        if (start < 0 || stop < start) {
            throw new InvalidKeyException("no " + type + " in PEM form");
        }
        try {
            return Base64.getMimeDecoder()
                    .decode(text.substring(start + begin(type).length(), stop));
        } catch (IllegalArgumentException notBase64) {
            throw new InvalidKeyException("the PEM text is damaged", notBase64);
        }
    }

    /** When the key may sign, by the lines before the block. */
    static Validity validity(String text) throws InvalidKeyException {
        return Validity.read(text.substring(0, Math.max(0, text.indexOf("-----BEGIN "))));
    }

    private static String begin(String type) {
        return "-----BEGIN " + type + "-----";
    }

    private static String end(String type) {
        return "-----END " + type + "-----";
    }
}
