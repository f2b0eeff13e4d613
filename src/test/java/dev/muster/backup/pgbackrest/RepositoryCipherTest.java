package dev.muster.backup.pgbackrest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.drill.Secret;
import dev.muster.testing.Needs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What OpenSSL encrypted in the way that pgBackRest does comes back, and nothing else does. */
@Needs("openssl")
class RepositoryCipherTest {
    private static final byte[] CONTENT =
            "1\t0/3000060\tno recovery target specified\n".repeat(1000).getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    private final RepositoryCipher cipher = new RepositoryCipher(new Secret("open sesame ä"));

    @Test
    void a_whole_stream_comes_back() throws Exception {
        assertThat(cipher.open(new ByteArrayInputStream(encrypted())).readAllBytes())
                .isEqualTo(CONTENT);
    }

    @Test
    void a_beginning_is_read_without_its_end() throws Exception {
        byte[] head = Arrays.copyOf(encrypted(), 1000);

        byte[] beginning = cipher.beginning(head);

        assertThat(beginning).hasSize(976).isEqualTo(Arrays.copyOf(CONTENT, 976));
        assertThat(cipher.beginning(new byte[] {1, 2, 3})).isEmpty();
    }

    @Test
    void a_stream_that_is_cut_short_cannot_be_decrypted() throws Exception {
        byte[] whole = encrypted();
        for (int length : new int[] {0, 10, 30, whole.length - 5}) {
            assertThatThrownBy(() -> cipher.open(new ByteArrayInputStream(Arrays.copyOf(whole, length)))
                            .readAllBytes())
                    .as("cut to %d bytes", length)
                    .isInstanceOf(IOException.class)
                    .hasCauseInstanceOf(GeneralSecurityException.class);
        }
    }

    private byte[] encrypted() throws Exception {
        Path plain = Files.write(folder.resolve("plain"), CONTENT);
        Path encrypted = folder.resolve("encrypted");
        Path pass = Files.writeString(folder.resolve("pass"), "open sesame ä");
        Process made = new ProcessBuilder(
                        "openssl",
                        "enc",
                        "-aes-256-cbc",
                        "-md",
                        "sha1",
                        "-pass",
                        "file:" + pass,
                        "-in",
                        plain.toString(),
                        "-out",
                        encrypted.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(made.waitFor()).isZero();
        return Files.readAllBytes(encrypted);
    }
}
