package dev.muster.drill;

import java.time.Instant;
import java.util.Optional;

/** An object in a vault as the vault describes it at one moment. */
public record StoredObject(
        String vault,
        String bucket,
        String key,
        long size,
        String etag,
        Optional<String> version,
        Instant lastModified) {

    /** The object's address, as other tools take it. */
    public String address() {
        return "s3://" + bucket + "/" + key;
    }

    /** The last part of the key. */
    public String name() {
        return key.substring(key.lastIndexOf('/') + 1);
    }

    /** The key up to and with its last slash; empty when it has none. */
    public String folder() {
        return key.substring(0, key.lastIndexOf('/') + 1);
    }

    /** Whether it stands for all that lies below a prefix, and is no object itself. */
    public boolean isPrefix() {
        return key.isEmpty() || key.endsWith("/");
    }
}
