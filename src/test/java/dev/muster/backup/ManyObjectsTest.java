package dev.muster.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.drill.Asset;
import dev.muster.drill.Backup;
import dev.muster.drill.BackupFormat;
import dev.muster.drill.BadBackup;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.ObjectRead;
import dev.muster.drill.Progress;
import dev.muster.drill.StoredObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A great many objects below one prefix are brought into a folder, each compared with what is known of it. */
class ManyObjectsTest {
    private static final String STORED = "2026-11-20T02:00:00Z";
    private static final String HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    private final Estate estate = new Estate();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        estate.close();
    }

    @Test
    void each_object_comes_to_its_place_the_large_ones_too() throws Exception {
        byte[] large = new byte[20 << 20];
        new Random(1).nextBytes(large);
        estate.put("fs/large/one", large, STORED);
        estate.put("fs/empty", "", STORED);
        for (int file = 0; file < 300; file++) {
            estate.put("fs/" + file % 16 + "/" + file, "content of " + file, STORED);
        }

        Backup backup = chosen();
        List<ObjectRead> read = estate.vaults.fetchAll(backup, folder, Progress.SILENT);

        assertThat(read).hasSize(302).extracting(ObjectRead::before).containsExactlyElementsOf(backup.parts());
        assertThat(folder.resolve("7/23")).hasContent("content of 23");
        assertThat(folder.resolve("empty")).isEmptyFile();
        assertThat(folder.resolve("large/one")).hasBinaryContent(large);
        assertThat(read).noneMatch(ObjectRead::unprotected);
        Map<StoredObject, StoredObject> now =
                estate.vaults.lookAgain(read.stream().map(ObjectRead::before).toList());
        assertThat(now)
                .hasSize(302)
                .allSatisfy((before, after) -> assertThat(after).isEqualTo(before));
        estate.server.remove(Estate.BUCKET, "fs/empty");
        estate.put("fs/0/0", "other", STORED);
        assertThat(estate.vaults.lookAgain(read.stream().map(ObjectRead::before).toList()))
                .hasSize(301)
                .satisfies(again -> assertThat(again.entrySet().stream()
                                .filter(one -> !one.getKey()
                                        .etag()
                                        .equals(one.getValue().etag())))
                        .hasSize(1));
    }

    @Test
    void digests_that_lie_among_the_objects_are_compared() throws Exception {
        estate.put("fs/a/hello", "hello", STORED);
        estate.put("fs/a/SHA256SUMS", HELLO + "  hello\n", STORED);
        estate.put("fs/b/hello", "hello", STORED);
        estate.put("fs/b/hello.sha256", HELLO + "\n", STORED);

        List<ObjectRead> read = estate.vaults.fetchAll(chosen(), folder, Progress.SILENT);

        assertThat(read)
                .filteredOn(one -> one.before().name().equals("hello"))
                .hasSize(2)
                .allSatisfy(one -> assertThat(one.protection()).contains("SHA-256 " + HELLO));

        estate.put("fs/b/hello", "jello", STORED);
        Path again = Files.createDirectories(folder.resolve("again"));
        assertThatThrownBy(() -> estate.vaults.fetchAll(chosen(), again, Progress.SILENT))
                .isInstanceOfSatisfying(
                        BadBackup.class,
                        bad -> assertThat(bad.problem().toString()).contains("fs/b/hello", HELLO, "fs/b/hello.sha256"));
    }

    @Test
    void an_object_that_goes_after_it_was_chosen_says_nothing_about_the_backup() throws Exception {
        for (int file = 0; file < 100; file++) {
            estate.put("fs/" + file, "content of " + file, STORED);
        }
        Backup backup = chosen();
        estate.server.remove(Estate.BUCKET, "fs/50");

        assertThatThrownBy(() -> estate.vaults.fetchAll(backup, folder, Progress.SILENT))
                .isInstanceOfSatisfying(
                        CouldNotRun.class,
                        unable -> assertThat(unable.problem().toString())
                                .contains("fs/50", "was removed after it was listed"));
    }

    @Test
    void a_chosen_state_has_the_versions_of_its_objects() throws Exception {
        estate.server.keepVersions(Estate.BUCKET);
        estate.server.put(Estate.BUCKET, "fs/a", "old".getBytes(StandardCharsets.UTF_8));
        Backup backup = chosen(Instant.now().plusSeconds(60));
        estate.server.put(Estate.BUCKET, "fs/a", "new".getBytes(StandardCharsets.UTF_8));

        List<ObjectRead> read = estate.vaults.fetchAll(backup, folder, Progress.SILENT);

        assertThat(folder.resolve("a")).hasContent("old");
        assertThat(read.get(0).before().version()).isPresent();
        assertThat(estate.vaults.lookAgain(List.of(read.get(0).before())).values())
                .singleElement()
                .isEqualTo(read.get(0).before());
    }

    private Backup chosen() throws Exception {
        return chosen(Instant.parse("2026-11-21T00:00:00Z"));
    }

    private Backup chosen(Instant disaster) throws Exception {
        return estate.vaults
                .choose(
                        Estate.request(
                                disaster.toString(), Estate.source(Asset.FILESTORE, BackupFormat.OBJECTS, "fs/")),
                        Estate.SEED)
                .backups()
                .values()
                .iterator()
                .next();
    }
}
