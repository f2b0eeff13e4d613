package dev.muster.signing.approver;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** A signature that somebody made with {@code ssh-keygen -Y sign}; by itself it says no more than which key made it. */
public final class PersonalSignature {
    /** The longest text that is looked at. */
    public static final int LONGEST = 16 * 1024;

    private static final byte[] MAGIC = "SSHSIG".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final String BEGIN = "-----BEGIN SSH SIGNATURE-----";
    private static final String END = "-----END SSH SIGNATURE-----";

    private final PersonalKey key;
    private final String purpose;
    private final String hash;
    private final byte[] signature;

    private PersonalSignature(PersonalKey key, String purpose, String hash, byte[] signature) {
        this.key = key;
        this.purpose = purpose;
        this.hash = hash;
        this.signature = signature;
    }

    /** The key that it names. */
    public PersonalKey key() {
        return key;
    }

    /** What it was made for, which ssh calls the namespace. */
    public String purpose() {
        return purpose;
    }

    /** Reads a signature's file; empty when it is none, or by a key of a kind that is not known here. */
    public static Optional<PersonalSignature> read(String armoured) {
        String text = armoured.strip();
        if (armoured.length() > LONGEST || !text.startsWith(BEGIN) || !text.endsWith(END)) {
            return Optional.empty();
        }
        try {
            SshFields fields = new SshFields(
                    Base64.getMimeDecoder().decode(text.substring(BEGIN.length(), text.length() - END.length())));
            if (!Arrays.equals(fields.fixed(MAGIC.length), MAGIC) || fields.number() != VERSION) {
                return Optional.empty();
            }
            Optional<PersonalKey> key = PersonalKey.of(fields.bytes());
            String purpose = fields.text();
            fields.bytes();
            String hash = fields.text();
            byte[] signature = fields.bytes();
            fields.end();
            return key.filter(known -> hash.equals("sha512") || hash.equals("sha256"))
                    .map(known -> new PersonalSignature(known, purpose, hash, signature));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** Whether its key made it over this message. */
    public boolean isOver(byte[] message) {
        return key.verifies(toBeSigned(message), signature);
    }

    private byte[] toBeSigned(byte[] message) {
        try {
            byte[] digest = MessageDigest.getInstance(hash.equals("sha512") ? "SHA-512" : "SHA-256")
                    .digest(message);
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            whole.writeBytes(MAGIC);
            for (byte[] field : new byte[][] {
                purpose.getBytes(StandardCharsets.UTF_8), new byte[0], hash.getBytes(StandardCharsets.UTF_8), digest
            }) {
                whole.writeBytes(
                        ByteBuffer.allocate(Integer.BYTES).putInt(field.length).array());
                whole.writeBytes(field);
            }
            return whole.toByteArray();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has both", impossible);
        }
    }
}
