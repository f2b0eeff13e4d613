package dev.muster.backup.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AlgorithmTest {

    /** The values that the checksums' own definitions give, and those that coreutils print. */
    @ParameterizedTest
    @CsvSource({
        "CRC64NVME, ae8b14860a799888",
        "CRC32C, e3069283",
        "CRC32, cbf43926",
        "MD5, 25f9e794323b453885f5181f1b624d0b",
        "SHA1, f7c3bc1d808e04732adf679965ccc34ca7ae3441",
        "SHA256, 15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225",
    })
    void digests_the_nine_digits_to_the_known_value(Algorithm algorithm, String value) {
        assertThat(hex(algorithm.start(), "123456789".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(value);
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void digests_stretches_of_any_length_like_the_whole(Algorithm algorithm) {
        byte[] content = new byte[1000];
        new Random(1).nextBytes(content);
        MessageDigest inStretches = algorithm.start();
        Random lengths = new Random(2);
        for (int at = 0; at < content.length; ) {
            int end = Math.min(content.length, at + 1 + lengths.nextInt(20));
            inStretches.update(Arrays.copyOfRange(content, at, end));
            at = end;
        }
        assertThat(HexFormat.of().formatHex(inStretches.digest()))
                .isEqualTo(hex(algorithm.start(), content))
                .hasSize(2 * algorithm.length());
    }

    @Test
    void knows_the_files_that_hold_digests_by_their_names() {
        assertThat(Algorithm.ofSidecar("orders.dump.sha256")).hasValue(Algorithm.SHA256);
        assertThat(Algorithm.ofSidecar("orders.dump.SHA512SUM")).hasValue(Algorithm.SHA512);
        assertThat(Algorithm.ofSidecar("orders.dump.md5")).hasValue(Algorithm.MD5);
        assertThat(Algorithm.ofSidecar("sha256")).isEmpty();
        assertThat(Algorithm.ofSidecar("orders.dump.crc32")).isEmpty();
        assertThat(Algorithm.ofList("SHA1SUMS")).hasValue(Algorithm.SHA1);
        assertThat(Algorithm.ofList("MD5SUMS.txt")).hasValue(Algorithm.MD5);
        assertThat(Algorithm.ofList("SHA256SUMS-old")).isEmpty();
    }

    private static String hex(MessageDigest digest, byte[] content) {
        return HexFormat.of().formatHex(digest.digest(content));
    }
}
