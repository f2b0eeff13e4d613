package dev.muster.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.drill.CouldNotRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentKeyTest {
    @TempDir
    Path folder;

    private DocumentKey key(boolean demonstration) {
        return DocumentKey.in(folder, demonstration, Clock.systemUTC());
    }

    @Test
    void is_made_once_and_then_read() throws Exception {
        DocumentKey made = key(false);

        assertThat(key(true).certificateSha256()).isEqualTo(made.certificateSha256());
        assertThat(made.subject()).doesNotContain("DEMONSTRATION");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("document-key.pem"))))
                .isEqualTo("rw-------");
        assertThat(Files.readString(folder.resolve("document-certificate.pem")))
                .contains("BEGIN CERTIFICATE")
                .doesNotContain("PRIVATE");
    }

    @Test
    void says_that_it_is_of_a_demonstration() {
        assertThat(key(true).subject()).contains("DEMONSTRATION KEY NOT TRUSTED");
    }

    @Test
    void is_not_used_when_others_can_read_it() throws Exception {
        key(false);
        Files.setPosixFilePermissions(folder.resolve("document-key.pem"), PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> key(false)).isInstanceOf(CouldNotRun.class).hasMessageContaining("chmod 600");
    }

    @Test
    void a_damaged_file_is_named() throws Exception {
        key(false);
        Files.writeString(folder.resolve("document-key.pem"), "nothing");

        assertThatThrownBy(() -> key(false))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("document-key.pem")
                .hasMessageContaining("safe copy");
    }
}
