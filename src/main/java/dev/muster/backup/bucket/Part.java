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
    private int filled;
    private String encryption = "";

    Part(Vault vault, StoredObject object, long from, byte[] bytes) {
        this.vault = vault;
        this.object = object;
        this.from = from;
        this.bytes = bytes;
    }

    Part read() throws Unreadable, InterruptedException {
        int tries = 1;
        while (filled < bytes.length) {
            int before = filled;
            try {
                readOn();
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

    private void readOn() throws IOException, Unreadable {
        try (ResponseInputStream<GetObjectResponse> input = vault.open(object, from + filled, bytes.length - filled)) {
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
