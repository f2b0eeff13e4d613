package dev.muster.web.tls;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a private key from PEM, in the form that most programs write now and in the older one for RSA. */
final class KeyText {
    private static final Pattern BLOCK = Pattern.compile(
            "-----BEGIN (RSA |EC |ENCRYPTED |)PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END \\1PRIVATE KEY-----");
    private static final List<String> KINDS = List.of("RSA", "EC");
    /** What PKCS#8 says before an RSA key: version 0, and that it is one. */
    private static final byte[] RSA = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;

    private KeyText() {}

    static PrivateKey read(String text) throws GeneralSecurityException {
        Matcher block = BLOCK.matcher(text);
        if (!block.find()) {
            throw new GeneralSecurityException("it holds no private key in PEM");
        }
        if (block.group(1).equals("ENCRYPTED ") || block.group(1).equals("EC ")) {
            throw new GeneralSecurityException("it is a key of the form " + block.group(1)
                    + "PRIVATE KEY; `openssl pkcs8 -topk8 -nocrypt` writes it as PRIVATE KEY");
        }
        byte[] bytes = Base64.getMimeDecoder().decode(block.group(2));
        return key(block.group(1).isEmpty() ? bytes : sequence(RSA, part(OCTETS, bytes)));
    }

    private static PrivateKey key(byte[] encoded) throws GeneralSecurityException {
        InvalidKeySpecException none =
                new InvalidKeySpecException("its key is neither RSA nor of an elliptic curve that browsers know");
        for (String kind : KINDS) {
            try {
                return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } catch (InvalidKeySpecException another) {
                none.addSuppressed(another);
            }
        }
        throw none;
    }

    private static byte[] sequence(byte[] first, byte[] second) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes(first);
        content.writeBytes(second);
        return part(SEQUENCE, content.toByteArray());
    }

    private static byte[] part(int tag, byte[] content) {
        ByteArrayOutputStream part = new ByteArrayOutputStream();
        part.write(tag);
        if (content.length < 0x80) {
            part.write(content.length);
        } else if (content.length < 0x100) {
            part.writeBytes(new byte[] {(byte) 0x81, (byte) content.length});
        } else {
            part.writeBytes(new byte[] {(byte) 0x82, (byte) (content.length >> 8), (byte) content.length});
        }
        part.writeBytes(content);
        return part.toByteArray();
    }
}
