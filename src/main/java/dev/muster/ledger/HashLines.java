package dev.muster.ledger;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Hashes as proofs are written: one on each line, in base64. */
final class HashLines {
    static final String PATTERN = "(?:[A-Za-z0-9+/]{43}=\n)*";

    private static final int MOST = 63;

    private HashLines() {}

    static String format(List<byte[]> hashes) {
        return hashes.stream()
                .map(hash -> Base64.getEncoder().encodeToString(hash) + "\n")
                .collect(Collectors.joining());
    }

    /** Empty when there are more than any tree has, or one is no base64. */
    static Optional<List<byte[]>> parse(String lines) {
        try {
            List<byte[]> hashes =
                    lines.lines().map(hash -> Base64.getDecoder().decode(hash)).toList();
            return Optional.of(hashes).filter(few -> few.size() <= MOST);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
