package dev.muster.backup.pgbackrest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The files in which pgBackRest keeps what it knows are believed only whole and unaltered. */
class InfoFileTest {
    /** As pgBackRest 2.45 wrote it. */
    private static final String REAL = """
            [backrest]
            backrest-format=5
            backrest-version="2.45"

            [db]
            db-id=1
            db-system-id=7710562833864839923
            db-version="15"

            [db:history]
            1={"db-id":7710562833864839923,"db-version":"15"}

            [backrest]
            backrest-checksum="e491765961036d200dd295dd1c582078310cfb80"
            """;

    @Test
    void a_file_that_pgbackrest_wrote_is_read_with_its_own_checksum() throws Exception {
        ArchiveInfo info = ArchiveInfo.read(bytes(REAL));

        assertThat(info.folder(new Cluster("15", 7710562833864839923L))).contains("15-1");
        assertThat(info.passphrase()).isEmpty();
    }

    @Test
    void one_altered_character_is_noticed() {
        assertThatThrownBy(
                        () -> ArchiveInfo.read(bytes(REAL.replace("\"db-version\":\"15\"", "\"db-version\":\"14\""))))
                .hasMessageContaining("was altered");
    }

    @Test
    void a_file_that_is_cut_off_is_noticed_wherever_it_is_cut() {
        byte[] whole = bytes(REAL);
        for (int length = 0; length < whole.length - 2; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> ArchiveInfo.read(cut)).isInstanceOf(BadInfo.class);
        }
    }

    @Test
    void a_newer_format_is_refused_by_its_number() {
        assertThatThrownBy(() -> ArchiveInfo.read(bytes(REAL.replace("format=5", "format=6"))))
                .hasMessageContaining("format 6");
    }

    @Test
    void a_key_may_hold_the_sign_that_ends_it() throws Exception {
        List<String> keys = new ArrayList<>();

        InfoFile.read(InfoFiles.sealed("[target:file]", "pg_data/a=b={\"size\":1}"), (section, key, value) -> {
            if (section.equals("target:file")) {
                keys.add(key);
            }
        });

        assertThat(keys).containsExactly("pg_data/a=b");
    }

    @Test
    void after_an_upgrade_each_server_has_its_own_folder_of_the_archive() throws Exception {
        ArchiveInfo info = ArchiveInfo.read(InfoFiles.sealed(
                "[db:history]", "1={\"db-id\":11,\"db-version\":\"14\"}", "2={\"db-id\":22,\"db-version\":\"15\"}"));

        assertThat(info.folder(new Cluster("14", 11))).contains("14-1");
        assertThat(info.folder(new Cluster("15", 22))).contains("15-2");
        assertThat(info.folder(new Cluster("15", 33))).isEmpty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
