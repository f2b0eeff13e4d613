package dev.muster.ledger;

import java.util.ArrayList;
import java.util.List;

/** The tree of RFC 6962 while it grows: only the hashes of its full parts, and yet the root after each line. */
final class Frontier {
    /** The largest part first. */
    private final List<byte[]> parts;

    private long size;

    Frontier() {
        this(0, List.of());
    }

    /** Goes on from the parts of the first {@code size} lines. */
    Frontier(long size, List<byte[]> parts) {
        if (size < 0 || parts.size() != Long.bitCount(size)) {
            throw new IllegalArgumentException(size + " lines do not have " + parts.size() + " full parts");
        }
        this.size = size;
        this.parts = new ArrayList<>(parts);
    }

    long size() {
        return size;
    }

    List<byte[]> parts() {
        return List.copyOf(parts);
    }

    void add(byte[] line) {
        byte[] hash = MerkleTree.leaf(line);
        for (long full = size; full % 2 == 1; full /= 2) {
            hash = MerkleTree.node(parts.remove(parts.size() - 1), hash);
        }
        parts.add(hash);
        size++;
    }

    byte[] root() {
        if (parts.isEmpty()) {
            return MerkleTree.nothing();
        }
        byte[] root = parts.get(parts.size() - 1);
        for (int index = parts.size() - 2; index >= 0; index--) {
            root = MerkleTree.node(parts.get(index), root);
        }
        return root;
    }
}
