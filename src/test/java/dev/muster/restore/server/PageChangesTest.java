package dev.muster.restore.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.drill.Asset;
import dev.muster.drill.Backup;
import dev.muster.drill.BackupFormat;
import dev.muster.drill.BackupSource;
import dev.muster.drill.BadBackup;
import dev.muster.drill.Progress;
import dev.muster.drill.Reading;
import dev.muster.drill.ScratchPlan;
import dev.muster.drill.Selection;
import dev.muster.drill.StoredObject;
import dev.muster.restore.work.Damaged;
import dev.muster.restore.work.Job;
import dev.muster.restore.work.Room;
import dev.muster.scratch.LocalSite;
import dev.muster.scratch.Scratch;
import dev.muster.scratch.Scratches;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageChangesTest {
    private static final int PAGE = 8192;

    @TempDir
    Path home;

    private LocalSite site;

    private Scratch scratch;
    private Path file;

    @BeforeEach
    void open() throws Exception {
        site = new Scratches(home, Optional.empty(), Optional.empty(), Clock.systemUTC())
                .openHere(
                        "a-drill",
                        new ScratchPlan(ScratchPlan.Placement.LOCAL, 15, Duration.ofHours(1), OptionalLong.empty()));
        scratch = site.scratch();
        file = Files.write(scratch.folder("earlier").resolve("1"), pages(1, 2, 3));
    }

    @AfterEach
    void remove() {
        site.remove();
    }

    @Test
    void changed_pages_take_the_place_of_earlier_ones_and_new_ones_are_added() throws Exception {
        assertThat(apply(changes(4 * PAGE, new int[] {1, 3}, pages(7, 8)))).isEqualTo(2 * PAGE);

        assertThat(Files.readAllBytes(file)).isEqualTo(pages(1, 7, 3, 8));
    }

    @Test
    void a_file_that_became_shorter_is_cut_and_one_without_changes_stays() throws Exception {
        apply(changes(2 * PAGE, new int[] {}, new byte[0]));

        assertThat(Files.readAllBytes(file)).isEqualTo(pages(1, 2));
    }

    @Test
    void what_is_cut_short_or_no_changes_at_all_is_refused() {
        byte[] whole = changes(3 * PAGE, new int[] {1}, pages(7));
        assertThatThrownBy(() -> apply(whole, whole.length, Arrays.copyOf(whole, whole.length - 1)))
                .isInstanceOf(Damaged.class);
        assertThatThrownBy(() -> apply(pages(5)))
                .isInstanceOf(BadBackup.class)
                .hasMessageContaining("should hold changes");
    }

    @Test
    void pages_beyond_the_end_and_lists_that_do_not_fit_are_refused() {
        assertThatThrownBy(() -> apply(changes(3 * PAGE, new int[] {3}, pages(7))))
                .isInstanceOf(BadBackup.class);
        assertThatThrownBy(() -> apply(changes(3 * PAGE, new int[] {-1}, pages(7))))
                .isInstanceOf(BadBackup.class);
        assertThatThrownBy(() -> apply(changes(3 * PAGE, new int[] {0, 1, 2}, pages(7))))
                .isInstanceOfAny(BadBackup.class, Damaged.class);
        assertThatThrownBy(() -> apply(changes(3 * PAGE, new int[] {1}, Arrays.copyOf(pages(7), PAGE + 4))))
                .isInstanceOf(BadBackup.class);
        byte[] many = changes(3 * PAGE, new int[] {1}, pages(7));
        ByteBuffer.wrap(many).order(ByteOrder.LITTLE_ENDIAN).putInt(12, Integer.MAX_VALUE);
        assertThatThrownBy(() -> apply(many)).isInstanceOf(BadBackup.class);
    }

    @Test
    void a_few_bytes_that_make_a_huge_file_are_refused() {
        assertThatThrownBy(() -> apply(changes(1L << 40, new int[] {1}, pages(7))))
                .isInstanceOf(BadBackup.class);
    }

    private long apply(byte[] changes) throws Exception {
        return apply(changes, changes.length, changes);
    }

    private long apply(byte[] changes, long announced, byte[] content) throws Exception {
        BackupSource source = new BackupSource(
                Asset.DATABASE,
                "primary",
                BackupFormat.WAL_G,
                "",
                Optional.empty(),
                Selection.NEWEST,
                ZoneOffset.UTC,
                Optional.empty());
        StoredObject object =
                new StoredObject("primary", "b", "k", changes.length, "etag", Optional.empty(), Instant.now());
        Job job = new Job(
                new Backup(Asset.DATABASE, source, object, Reading.none("not asked")),
                scratch.folder("earlier"),
                scratch,
                15,
                Progress.SILENT);
        return new PageChanges(job, "/base/1/1", new ByteArrayInputStream(content), new Room(job), () -> changes.length)
                .apply(file, announced);
    }

    private static byte[] changes(long size, int[] numbers, byte[] pages) {
        ByteBuffer changes =
                ByteBuffer.allocate(16 + numbers.length * 4 + pages.length).order(ByteOrder.LITTLE_ENDIAN);
        changes.put(new byte[] {'w', 'i', '1', 0x55}).putLong(size).putInt(numbers.length);
        Arrays.stream(numbers).forEach(changes::putInt);
        return changes.put(pages).array();
    }

    /** Pages, each filled with one of these values. */
    private static byte[] pages(int... values) {
        byte[] pages = new byte[values.length * PAGE];
        for (int i = 0; i < values.length; i++) {
            Arrays.fill(pages, i * PAGE, (i + 1) * PAGE, (byte) values[i]);
        }
        return pages;
    }
}
