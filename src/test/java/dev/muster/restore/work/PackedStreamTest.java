package dev.muster.restore.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.testing.Needs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.apache.commons.compress.compressors.snappy.FramedSnappyCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the real programs compressed is read to its end, and what is cut short or damaged is told apart from that. */
@Needs({"gzip", "bzip2", "xz", "zstd", "lz4", "brotli"})
class PackedStreamTest {
    private static final int SIZE = 1_200_000;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"gzip, .gz", "bzip2, .bz2", "xz, .xz", "zstd, .zst", "lz4, .lz4", "brotli, .br", "snappy, .snappy"})
    void what_a_program_compressed_is_read_and_what_is_cut_short_is_refused(String program, String ending)
            throws Exception {
        byte[] content = content();
        Path packed = packed(program, ending, content);
        assertThat(read(packed)).isEqualTo(content);

        byte[] whole = Files.readAllBytes(packed);
        Files.write(packed, Arrays.copyOf(whole, whole.length * 2 / 3));
        assertThatThrownBy(() -> read(packed))
                .isInstanceOf(Damaged.class)
                .hasMessageMatching("The \\w+ data is .*cut short .*" + whole.length * 2 / 3 + ": .*");
    }

    @ParameterizedTest
    @CsvSource({"gzip, .gz", "bzip2, .bz2", "xz, .xz", "zstd, .zst", "lz4, .lz4", "brotli, .br", "snappy, .snappy"})
    void whatever_is_damaged_never_looks_like_a_fault_of_this_machine(String program, String ending) throws Exception {
        byte[] content = content();
        Path packed = packed(program, ending, content);
        byte[] whole = Files.readAllBytes(packed);
        Random random = new Random(7);
        for (int i = 0; i < 12; i++) {
            byte[] damaged = whole.clone();
            int from = 12 + random.nextInt(damaged.length - 40);
            for (int at = from; at < from + 16; at++) {
                damaged[at] = (byte) random.nextInt();
            }
            Files.write(packed, damaged);
            try {
                byte[] got = read(packed);
                // Brotli alone has no checksum: what else comes out whole must be right.
                assertThat(program.equals("brotli") || Arrays.equals(got, content))
                        .isTrue();
            } catch (Damaged | OutOfReach e) {
                assertThat(e).hasMessageContaining("data");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "bzip2", "xz"})
    void parts_that_were_compressed_one_by_one_are_read_to_the_last(String program) throws Exception {
        byte[] once = Files.readAllBytes(packed(program, ".gz", content()));
        Path both = folder.resolve("both");
        Files.write(both, once);
        Files.write(both, once, java.nio.file.StandardOpenOption.APPEND);

        assertThat(read(both)).hasSize(2 * SIZE);
    }

    @Test
    void xz_that_takes_more_memory_than_it_is_given_says_nothing_about_the_backup() throws Exception {
        Path file = Files.write(folder.resolve("wide"), content());
        run("xz", "--lzma2=dict=256MiB", file.toString());

        assertThatThrownBy(() -> read(folder.resolve("wide.xz"))).isInstanceOf(OutOfReach.class);
    }

    private Path packed(String program, String ending, byte[] content) throws Exception {
        Path file = folder.resolve("content" + ending);
        if (program.equals("snappy")) {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (OutputStream out = new FramedSnappyCompressorOutputStream(packed)) {
                out.write(content);
            }
            return Files.write(file, packed.toByteArray());
        }
        Path plain = Files.write(folder.resolve("content"), content);
        Process process = new ProcessBuilder(program, "-c", "-5", plain.toString())
                .redirectOutput(file.toFile())
                .start();
        assertThat(process.waitFor()).isZero();
        return file;
    }

    private static void run(String... command) throws Exception {
        assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
    }

    private static byte[] read(Path packed) throws IOException {
        try (PackedStream stream = PackedStream.open(packed)) {
            return stream.readAllBytes();
        }
    }

    /** Compressible, but not to nothing. */
    private static byte[] content() {
        byte[] content = new byte[SIZE];
        Random random = new Random(3);
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (random.nextInt(8) == 0 ? random.nextInt(64) : i >> 6);
        }
        return content;
    }
}
