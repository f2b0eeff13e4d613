package dev.muster.backup.bucket;

import dev.muster.backup.digest.ExpectedDigest;

/** A digest that the bytes must have, and the one that they have. */
record Comparison(ExpectedDigest expected, String found) {

    boolean same() {
        return expected.hex().equals(found);
    }

    boolean madeBy(ExpectedDigest.Origin origin) {
        return expected.origin() == origin;
    }
}
