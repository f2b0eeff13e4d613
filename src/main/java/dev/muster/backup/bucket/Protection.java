package dev.muster.backup.bucket;

import dev.muster.backup.digest.ExpectedDigest.Origin;
import dev.muster.drill.ObjectRead;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What vouches for the bytes that came.
 *
 * @param remarks why a digest that there is could not be compared, as sentences
 */
record Protection(String sha256, long bytes, List<Comparison> comparisons, List<String> remarks) {
    public Protection {
        comparisons = List.copyOf(comparisons);
        remarks = List.copyOf(remarks);
    }

    List<Comparison> different() {
        return comparisons.stream().filter(one -> !one.same()).toList();
    }

    List<Comparison> same() {
        return comparisons.stream().filter(Comparison::same).toList();
    }

    /** Whether these are the bytes that the vault was once given, whatever they were then. */
    boolean confirmedByVault() {
        return same().stream().anyMatch(one -> !one.madeBy(Origin.BESIDE));
    }

    /** Which digests were compared, or that there was none, in sentences. */
    String sentences() {
        String compared = comparisons.isEmpty()
                ? ObjectRead.UNPROTECTED
                        + " nothing that could be compared says what these bytes must be, so a flipped bit in them"
                        + " may be restored without a word."
                : "Compared and the same: "
                        + same().stream().map(one -> one.expected().toString()).collect(Collectors.joining(", "))
                        + "." + beforeTheUpload();
        return remarks.isEmpty() ? compared : compared + " " + String.join(" ", remarks);
    }

    private String beforeTheUpload() {
        return comparisons.stream().allMatch(one -> one.madeBy(Origin.ETAG))
                ? " It says nothing about what happened to the bytes before they were stored."
                : "";
    }
}
