package dev.muster.backup.bucket;

import dev.muster.drill.StoredObject;
import java.io.EOFException;
import java.io.IOException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** A stretch of an object on its way into memory. A broken connection is taken up again where it broke. */
final class Part {
    private final Vault vault;
    private final StoredObject object;
    private final long from;
    private final byte[] bytes;
    private final boolean whole;
    private int filled;
    private String encryption = "";
    private StoredChecksums stored = StoredChecksums.NONE;

    Part(Vault vault, StoredObject object, long from, byte[] bytes) {
        this(vault, object, from, bytes, false);
    }

    private Part(Vault vault, StoredObject object, long from, byte[] bytes, boolean whole) {
        this.vault = vault;
        this.object = object;
        this.from = from;
        this.bytes = bytes;
        this.whole = whole;
    }

    /** All of an object, with the checksums that the vault keeps of it: one question where it goes well. */
    static Part whole(Vault vault, StoredObject object) {
        return new Part(vault, object, 0, new byte[Math.toIntExact(object.size())], true);
    }

    Part read() throws Unreadable, InterruptedException {
        int tries = 1;
        // An empty object is asked for as well: that it is still there is what is to be known of it.
        boolean unasked = whole;
        while (unasked || filled < bytes.length) {
            int before = filled;
            try {
                readOn();
                unasked = false;
            } catch (IOException | SdkClientException e) {
                // Only tries without progress count: a slow or shaky line still brings everything in the end.
                tries = filled > before ? 1 : tries + 1;
                if (tries > vault.patience().tries()) {
                    throw vault.gaveUp(object, e instanceof IOException broken ? broken : new IOException(e));
                }
                vault.patience().beforeTry(Math.max(2, tries));
            }
        }
        return this;
    }

    byte[] bytes() {
        return bytes;
    }

    /** How the vault says it encrypts the object; empty when it says nothing. */
    String encryption() {
        return encryption;
    }

    /** The checksums that the vault keeps of the object, if all of it was asked for. */
    StoredChecksums stored() {
        return stored;
    }

    private ResponseInputStream<GetObjectResponse> open() throws Unreadable {
        return whole && filled == 0
                ? vault.openWhole(object)
                : vault.open(object, from + filled, bytes.length - filled);
    }

    private void readOn() throws IOException, Unreadable {
        try (ResponseInputStream<GetObjectResponse> input = open()) {
            if (whole && filled == 0) {
                stored = StoredChecksums.of(input.response());
            }
            String said = input.response().serverSideEncryptionAsString();
            encryption = said == null ? "" : said;
            while (filled < bytes.length) {
                int count = input.read(bytes, filled, bytes.length - filled);
                if (count < 0) {
                    throw new EOFException("the answer ended after " + filled + " of " + bytes.length + " bytes");
                }
                filled += count;
            }
        }
    }
}
