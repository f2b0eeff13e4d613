package dev.muster.backup.pgbackrest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A manifest says in which object of which backup each file lies, and leads nobody out of the server's folder. */
class ManifestTest {
    private static final String FULL = "20261121-100149F";
    private static final String INCREMENTAL = "20261121-100149F_20261121-100156I";

    @ParameterizedTest
    @CsvSource({"none,''", "gz,.gz", "lz4,.lz4", "zst,.zst", "bz2,.bz2"})
    void a_file_lies_in_an_object_named_by_its_compression(String compression, String ending) throws Exception {
        Manifest manifest = Manifest.read(InfoFiles.sealed(
                "[backup]",
                "backup-label=\"" + FULL + "\"",
                "[backup:option]",
                "option-compress-type=\"" + compression + "\"",
                "[target:file]",
                "pg_data/PG_VERSION={\"size\":3}"));

        assertThat(manifest.objects()).containsExactly(FULL + "/pg_data/PG_VERSION" + ending);
    }

    @Test
    void bundles_and_references_lead_to_other_objects() throws Exception {
        Manifest manifest = Manifest.read(InfoFiles.sealed(
                "[backup]",
                "backup-bundle=true",
                "backup-label=\"" + INCREMENTAL + "\"",
                "backup-reference=\"" + FULL + "," + INCREMENTAL + "\"",
                "[backup:option]",
                "option-compress-type=\"zst\"",
                "[target:file]",
                "pg_data/base/1/1={\"bni\":2,\"bno\":100,\"reference\":\"" + FULL
                        + "\",\"repo-size\":7,\"rck\":\"ab\",\"size\":9}",
                "pg_data/base/1/2={\"size\":0}",
                "pg_data/backup_label={\"size\":5}"));

        assertThat(manifest.files())
                .containsExactly(
                        new Manifest.Stretch("pg_data/base/1/1", FULL + "/bundle/2", 100, 7, "ab", false),
                        new Manifest.Stretch(
                                "pg_data/backup_label", INCREMENTAL + "/pg_data/backup_label.zst", 0, 5, "", false));
        assertThat(manifest.bytes()).isEqualTo(14);
        assertThat(manifest.inBlocks()).isFalse();
    }

    @Test
    void files_in_blocks_need_all_that_the_backup_refers_to() throws Exception {
        Manifest manifest = Manifest.read(InfoFiles.sealed(
                "[backup]",
                "backup-label=\"" + INCREMENTAL + "\"",
                "backup-reference=\"" + FULL + "," + INCREMENTAL + "\"",
                "[target:file]",
                "pg_data/base/1/1={\"bi\":1,\"bim\":27,\"size\":9}"));

        assertThat(manifest.inBlocks()).isTrue();
        assertThat(manifest.references()).containsExactlyInAnyOrder(FULL, INCREMENTAL);
        assertThat(manifest.objects()).containsExactly(INCREMENTAL + "/pg_data/base/1/1.pgbi");
    }

    @Test
    void pages_that_were_damaged_when_they_were_copied_are_told() throws Exception {
        Manifest manifest = Manifest.read(InfoFiles.sealed(
                "[backup]",
                "backup-label=\"" + FULL + "\"",
                "[target:file]",
                "pg_data/base/1/1={\"checksum-page\":false,\"checksum-page-error\":[1],\"size\":9}",
                "pg_data/base/1/2={\"checksum-page\":true,\"size\":9}"));

        assertThat(manifest.damaged()).containsExactly("pg_data/base/1/1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pg_data/../../etc/cron.d/x", "/etc/passwd", ".."})
    void a_name_that_leads_out_of_the_folder_is_refused(String name) {
        for (String section : new String[] {"target:file", "target:path", "target:link", "backup:target"}) {
            assertThatThrownBy(() -> Manifest.read(InfoFiles.sealed(
                            "[backup]", "backup-label=\"" + FULL + "\"", "[" + section + "]", name + "={\"size\":1}")))
                    .as(section)
                    .hasMessageContaining("outside the server's folder");
        }
    }

    @Test
    void a_reference_to_what_is_no_backup_is_refused() {
        assertThatThrownBy(() -> Manifest.read(InfoFiles.sealed(
                        "[backup]",
                        "backup-label=\"" + FULL + "\"",
                        "[target:file]",
                        "pg_data/a={\"reference\":\"../other\",\"size\":1}")))
                .hasMessageContaining("names a backup that is none");
    }
}
