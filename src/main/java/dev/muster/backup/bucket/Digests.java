package dev.muster.backup.bucket;

import dev.muster.backup.digest.Algorithm;
import dev.muster.backup.digest.ExpectedDigest;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Digests an object on its way, in parts, and compares what others say its digests must be. */
final class Digests {
    private final Companions.Found companions;
    private final Etag etag;
    private final Map<Algorithm, MessageDigest> running = new EnumMap<>(Algorithm.class);
    private long bytes;

    Digests(String etag, long size, Companions.Found companions) {
        this.companions = companions;
        this.etag = new Etag(etag, size);
        running.put(Algorithm.SHA256, Algorithm.SHA256.start());
        companions.digests().forEach(one -> running.computeIfAbsent(one.algorithm(), Algorithm::start));
    }

    /** The next part of {@value Etag#PART} bytes, or the last, shorter one. */
    void update(Part part) {
        running.values().forEach(one -> one.update(part.bytes()));
        etag.update(part);
        bytes += part.bytes().length;
    }

    Protection result() {
        Map<Algorithm, String> found = new EnumMap<>(Algorithm.class);
        running.forEach(
                (algorithm, digest) -> found.put(algorithm, HexFormat.of().formatHex(digest.digest())));
        List<Comparison> comparisons = new ArrayList<>();
        for (ExpectedDigest expected : companions.digests()) {
            comparisons.add(new Comparison(expected, Objects.requireNonNull(found.get(expected.algorithm()))));
        }
        List<String> remarks = new ArrayList<>(companions.remarks());
        etag.comparison().ifPresentOrElse(comparisons::add, () -> remarks.add(etag.whyNotCompared()));
        return new Protection(Objects.requireNonNull(found.get(Algorithm.SHA256)), bytes, comparisons, remarks);
    }
}
