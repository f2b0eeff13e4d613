package dev.muster.backup;

import dev.muster.drill.StoredObject;

/** An object that lies in a vault and is no backup, with its bytes. */
public final class Loose {
    private final StoredObject object;
    private final byte[] bytes;

    Loose(StoredObject object, byte[] bytes) {
        this.object = object;
        this.bytes = bytes;
    }

    public StoredObject object() {
        return object;
    }

    public byte[] bytes() {
        return bytes.clone();
    }
}
