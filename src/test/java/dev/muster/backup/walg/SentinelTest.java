package dev.muster.backup.walg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.backup.format.BadManifest;
import dev.muster.backup.log.Lsn;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentinelTest {

    @Test
    void a_sentinel_says_which_log_and_which_other_backup_it_needs() throws BadManifest {
        Sentinel sentinel = read("""
                {"LSN": 33554472, "DeltaFrom": "base_000000010000000000000001", "FinishLSN": 33554688,
                 "SystemIdentifier": 18446744073709551615, "Version": 2, "FinishTime": "2026-11-21T10:14:38.84+01:00",
                 "Spec": {"base_prefix": "/pg", "tablespaces": ["16408"], "16408": {"loc": "/x", "link": "y"}}}
                """);

        assertThat(sentinel)
                .isEqualTo(new Sentinel(
                        new Lsn(0x2000028),
                        new Lsn(0x2000100),
                        Optional.of("base_000000010000000000000001"),
                        java.util.List.of("16408"),
                        true,
                        Optional.of(Instant.parse("2026-11-21T09:14:38.84Z"))));
        assertThat(sentinel.log(new BackupName("base_0000000A0000000000000002"), Optional.empty())
                        .timeline())
                .isEqualTo(10);
    }

    @Test
    void an_old_sentinel_need_not_have_a_list_of_files() throws BadManifest {
        assertThat(read("{\"LSN\": 1, \"FinishLSN\": 2}").listsFiles()).isFalse();
        assertThat(read("{\"LSN\": 1, \"FinishLSN\": 2, \"Version\": 2, \"FilesMetadataDisabled\": true}")
                        .listsFiles())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"LSN\": 1", "[]", "{\"LSN\": 1, \"FinishLSN\": null}", "{\"FinishLSN\": -5}"})
    void what_does_not_say_which_log_it_needs_is_refused(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(BadManifest.class);
    }

    @Test
    void a_list_of_files_says_how_each_is_kept_and_skips_what_nobody_knows_yet() throws Exception {
        FileList list = list("""
                {"Later": [{"a": 1}], "Files": {
                  "/base/5/1": {"IsIncremented": true, "IsSkipped": false, "MTime": "x", "Later": {"b": []}},
                  "/base/5/2": {"IsSkipped": true, "CorruptBlocks": {"CorruptBlocksCount": 3, "SomeCorruptBlocks": [1]}}
                 }, "TarFileSets": {"part_001.tar.lz4": ["/base/5/1"]}, "DatabasesByNames": {}}
                """);

        assertThat(list.files())
                .containsOnlyKeys("base/5/1", "base/5/2")
                .containsEntry("base/5/1", new FileList.Kept(true, false, 0))
                .containsEntry("base/5/2", new FileList.Kept(false, true, 3));
        assertThat(list.tars()).containsExactly("part_001.tar.lz4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{\"Files\": {\"/a\": {", "{\"Files\": {\"/a\": {}}"})
    void a_list_of_files_that_is_cut_off_is_refused(String text) {
        assertThatThrownBy(() -> list(text)).isInstanceOf(BadManifest.class);
    }

    private static Sentinel read(String text) throws BadManifest {
        return Sentinel.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static FileList list(String text) throws BadManifest, IOException {
        return FileList.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
