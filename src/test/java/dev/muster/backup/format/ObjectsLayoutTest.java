package dev.muster.backup.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.backup.bucket.History;
import dev.muster.drill.Asset;
import dev.muster.drill.BackupFormat;
import dev.muster.drill.BackupSource;
import dev.muster.drill.Selection;
import dev.muster.drill.StoredObject;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects below a prefix are one backup, unless one of their keys is no path of a file. */
class ObjectsLayoutTest {
    private static final Instant STORED = Instant.parse("2026-11-20T02:00:00Z");

    @Test
    void all_objects_together_are_one_backup_as_new_as_the_newest_of_them() {
        ObjectsLayout layout = layout("fs/ab/one", "fs/ab/two words", "fs/c\\d");
        StoredObject head = layout.heads().get(0);
        assertThat(layout.heads()).hasSize(1);
        assertThat(head.key()).isEqualTo("fs/");
        assertThat(head.size()).isEqualTo(30);
        assertThat(layout.name(head)).isEqualTo("fs");
        assertThat(layout.parts(head)).hasSize(3);
        assertThat(layout.judge(head, new Nothing()).fault()).isEmpty();
        assertThat(layout.claimedByListing(head).orElseThrow().at()).contains(STORED);
        assertThat(layout("fs/ab/one").heads().get(0).etag()).isNotEqualTo(head.etag());
        assertThat(layout().heads()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fs/../outside", "fs//etc/passwd", "fs/a//b", "fs/./a", "fs/a\0b"})
    void a_key_that_is_no_path_is_named(String key) {
        ObjectsLayout layout = layout("fs/ab/one", key);
        assertThat(layout.judge(layout.heads().get(0), new Nothing()).fault().orElseThrow())
                .contains(key);
    }

    @Test
    void a_name_that_no_disk_takes_is_named() {
        String key = "fs/" + "é".repeat(128);
        ObjectsLayout layout = layout(key);
        assertThat(layout.judge(layout.heads().get(0), new Nothing()).fault().orElseThrow())
                .contains(key, "no disk takes");
    }

    @Test
    void a_key_that_is_file_and_folder_is_named() {
        ObjectsLayout layout = layout("fs/ab", "fs/ab/one");
        assertThat(layout.judge(layout.heads().get(0), new Nothing()).fault().orElseThrow())
                .isEqualTo("The key fs/ab is a file, and a folder too in fs/ab/one");
    }

    private static ObjectsLayout layout(String... keys) {
        List<StoredObject> objects = Stream.of(keys)
                .map(key -> new StoredObject("primary", "acme", key, 10, "etag", Optional.empty(), STORED))
                .toList();
        return new ObjectsLayout(
                new BackupSource(
                        Asset.FILESTORE,
                        "primary",
                        BackupFormat.OBJECTS,
                        "fs/",
                        Optional.empty(),
                        Selection.NEWEST,
                        ZoneId.of("UTC"),
                        Optional.empty()),
                History.State.now(objects));
    }

    /** Nothing is read to judge a listing. */
    private static final class Nothing implements Probe {
        @Override
        public long size() {
            throw new AssertionError("read");
        }

        @Override
        public byte[] read(long from, int length) {
            throw new AssertionError("read");
        }
    }
}
