package dev.muster.backup.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.testing.Needs;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames of lz4 as the program itself makes them, with blocks that build on each other. */
@Needs("lz4")
class Lz4FramesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-BD -B4",
                "-BD -B7",
                "-BD -B4 -BX",
                "-BD --no-frame-crc",
                "-BD --content-size",
                "-B5",
                "-9 -BD -B4"
            })
    void reads_what_the_program_writes(String options) throws Exception {
        byte[] content = content(3_000_000);

        assertThat(read(packed(content, options))).isEqualTo(content);
    }

    @Test
    void reads_frames_that_follow_each_other_and_leaves_out_what_is_to_be_skipped() throws Exception {
        byte[] one = content(200_000);
        byte[] packed = packed(one, "-BD -B4");
        byte[] skipped = {0x50, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3};
        byte[] all = Arrays.copyOf(packed, packed.length + skipped.length + packed.length);
        System.arraycopy(skipped, 0, all, packed.length, skipped.length);
        System.arraycopy(packed, 0, all, packed.length + skipped.length, packed.length);

        byte[] twice = Arrays.copyOf(one, 2 * one.length);
        System.arraycopy(one, 0, twice, one.length, one.length);
        assertThat(read(all)).isEqualTo(twice);
    }

    @Test
    void tells_a_cut_from_damage() throws Exception {
        byte[] packed = packed(content(500_000), "-BD -B4");

        assertThatThrownBy(() -> read(Arrays.copyOf(packed, packed.length - 100)))
                .isInstanceOf(EOFException.class);
        packed[packed.length / 2] ^= 0x40;
        assertThatThrownBy(() -> read(packed)).isInstanceOf(IOException.class).isNotInstanceOf(EOFException.class);
    }

    @Test
    void whatever_the_damage_it_says_so_and_never_returns_other_bytes() throws Exception {
        byte[] content = content(150_000);
        byte[] packed = packed(content, "-BD -B4");
        Random random = new Random(4);
        for (int round = 0; round < 500; round++) {
            byte[] damaged = packed.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            byte[] found = new byte[0];
            try {
                found = read(damaged);
            } catch (IOException told) {
                continue;
            }
            assertThat(found).isEqualTo(content);
        }
    }

    private byte[] packed(byte[] content, String options) throws Exception {
        Path file = Files.write(folder.resolve("content"), content);
        List<String> command = new ArrayList<>(List.of("lz4", "-q", "-f"));
        command.addAll(List.of(options.split(" ", -1)));
        command.addAll(List.of(file.toString(), folder.resolve("packed").toString()));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
        return Files.readAllBytes(folder.resolve("packed"));
    }

    private static byte[] read(byte[] packed) throws IOException {
        try (InputStream in = new Lz4Frames(new ByteArrayInputStream(packed))) {
            return in.readAllBytes();
        }
    }

    /** Rows as a table has them: repetitive near and far, with some that is like nothing before. */
    private static byte[] content(int size) {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder();
        while (text.length() < size) {
            text.append("order ")
                    .append(random.nextInt(5000))
                    .append(" of customer ")
                    .append(random.nextInt(90));
            text.append("a".repeat(random.nextInt(40)))
                    .append(Long.toHexString(random.nextLong()))
                    .append('\n');
        }
        return text.substring(0, size).getBytes(StandardCharsets.US_ASCII);
    }
}
