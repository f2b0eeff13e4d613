package dev.muster.backup.format;

import dev.muster.backup.bucket.Unreadable;
import dev.muster.backup.bucket.Vault;
import dev.muster.drill.StoredObject;

/** Reads stretches of one object in a vault, and keeps what a small one is whole. */
public record VaultProbe(Vault vault, StoredObject object) implements Probe {

    @Override
    public long size() {
        return object.size();
    }

    @Override
    public byte[] read(long from, int length) throws Unreadable, InterruptedException {
        return vault.read(object, from, length);
    }

    @Override
    public Compression compression(byte[] head) {
        return Compression.of(object.name(), head);
    }
}
