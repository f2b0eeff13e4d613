package dev.muster.backup.bucket;

import dev.muster.backup.digest.Algorithm;
import dev.muster.backup.digest.ExpectedDigest;
import dev.muster.backup.digest.ExpectedDigest.Origin;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * The checksums that a vault keeps with an object since it was uploaded.
 *
 * @param remarks why one cannot be compared, as sentences
 */
public record StoredChecksums(List<ExpectedDigest> digests, List<String> remarks) {
    static final StoredChecksums NONE = new StoredChecksums(List.of(), List.of());

    public StoredChecksums {
        digests = List.copyOf(digests);
        remarks = List.copyOf(remarks);
    }

    static StoredChecksums of(HeadObjectResponse head) {
        Map<Algorithm, @Nullable String> values = new EnumMap<>(Algorithm.class);
        values.put(Algorithm.SHA256, head.checksumSHA256());
        values.put(Algorithm.SHA1, head.checksumSHA1());
        values.put(Algorithm.CRC64NVME, head.checksumCRC64NVME());
        values.put(Algorithm.CRC32C, head.checksumCRC32C());
        values.put(Algorithm.CRC32, head.checksumCRC32());
        return of(values, head.checksumType() == ChecksumType.COMPOSITE);
    }

    static StoredChecksums of(GetObjectResponse answer) {
        Map<Algorithm, @Nullable String> values = new EnumMap<>(Algorithm.class);
        values.put(Algorithm.SHA256, answer.checksumSHA256());
        values.put(Algorithm.SHA1, answer.checksumSHA1());
        values.put(Algorithm.CRC64NVME, answer.checksumCRC64NVME());
        values.put(Algorithm.CRC32C, answer.checksumCRC32C());
        values.put(Algorithm.CRC32, answer.checksumCRC32());
        return of(values, answer.checksumType() == ChecksumType.COMPOSITE);
    }

    private static StoredChecksums of(Map<Algorithm, @Nullable String> values, boolean ofParts) {
        List<ExpectedDigest> digests = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        values.forEach((algorithm, value) -> {
            if (value == null) {
                return;
            }
            byte[] digest = ofParts ? new byte[0] : decoded(value);
            if (digest.length == algorithm.length()) {
                digests.add(new ExpectedDigest(
                        algorithm,
                        HexFormat.of().formatHex(digest),
                        Origin.STORED,
                        "checksum that the vault keeps with the object"));
            } else {
                remarks.add("The " + algorithm.label() + " that the vault keeps with the object is one of its parts'"
                        + " checksums, not of its bytes, and was not compared.");
            }
        });
        return new StoredChecksums(digests, remarks);
    }

    /** Empty for what is no single value: of an upload in parts, the number of parts follows after a hyphen. */
    private static byte[] decoded(String value) {
        try {
            return Base64.getDecoder().decode(value);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
