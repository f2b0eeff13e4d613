package dev.muster.restore;

import static dev.muster.restore.RestoreBench.check;
import static dev.muster.restore.RestoreBench.problem;
import static dev.muster.restore.RestoreBench.verdict;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.drill.Asset;
import dev.muster.drill.BackupFormat;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Verdict;
import dev.muster.restore.work.Room;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipEncodingHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesTest {
    private static final Instant OLD = Instant.parse("2026-11-19T01:00:00Z");
    private static final Instant NEW = Instant.parse("2026-11-20T02:00:00Z");

    @TempDir
    private Path folder;

    private RestoreBench bench;

    @BeforeEach
    void openBench() {
        bench = RestoreBench.open(folder.resolve("home"));
    }

    @AfterEach
    void closeBench() {
        bench.close();
    }

    @Test
    void unpacks_a_filestore_wherever_in_the_tar_it_lies() throws Exception {
        for (String above : List.of("", "./", "erp/", "filestore/erp/", "./srv/data/filestore/erp/")) {
            Path tar = tar(out -> {
                file(out, above + "ab/abcd", "one", OLD);
                file(out, above + "cd/cdef", "two", NEW);
                file(out, above + "checklist/ab/abcd", "", OLD);
            });

            try (RestoreBench own = RestoreBench.open(folder.resolve("home"))) {
                RestoreOutcome outcome = own.restore(Asset.FILESTORE, BackupFormat.TAR, tar);

                assertThat(verdict(outcome)).isEqualTo(Verdict.PASSED);
                assertThat(outcome.folder().orElseThrow().resolve("cd/cdef")).hasContent("two");
                assertThat(check(outcome).name()).isEqualTo("unpacked-completely");
                assertThat(check(outcome).observations()).containsEntry("files", "3");
                assertThat(outcome.readings().proven().at()).contains(NEW);
                assertThat(outcome.readings().proven().formula()).contains("lower bound");
            }
        }
    }

    @Test
    void unpacks_gzip_and_zstd_and_what_was_compressed_in_parts() throws Exception {
        byte[] tar = Files.readAllBytes(tar(out -> file(out, "etc/erp.conf", "x".repeat(3000), OLD)));
        Path gzip = write("config.tar.gz", gzip(tar));
        Path parts = write(
                "parts.tar.gz", joined(gzip(Arrays.copyOf(tar, 700)), gzip(Arrays.copyOfRange(tar, 700, tar.length))));
        Path zstd = write("config.tar.zst", com.github.luben.zstd.Zstd.compress(tar));

        for (Path file : List.of(gzip, parts, zstd)) {
            try (RestoreBench own = RestoreBench.open(folder.resolve("home"))) {
                RestoreOutcome outcome = own.restore(Asset.CONFIGURATION, BackupFormat.TAR, file);

                assertThat(verdict(outcome)).as(file.toString()).isEqualTo(Verdict.PASSED);
                assertThat(outcome.folder().orElseThrow().resolve("etc/erp.conf"))
                        .hasContent("x".repeat(3000));
            }
        }
    }

    @Test
    void keeps_long_names_and_links_that_stay_inside() throws Exception {
        String name = "deep/".repeat(40) + "n".repeat(120);
        Path tar = tar(out -> {
            file(out, name, "far down", OLD);
            file(out, "addons/sale/models.py", "pass", OLD);
            link(out, "current", "addons/sale", TarConstants.LF_SYMLINK);
            link(out, "addons/other/up", "../sale/models.py", TarConstants.LF_SYMLINK);
            link(out, "second.py", "addons/sale/models.py", TarConstants.LF_LINK);
        });

        Path unpacked = passed(Asset.CONFIGURATION, tar);

        assertThat(unpacked.resolve(name)).hasContent("far down");
        assertThat(unpacked.resolve("current/models.py")).hasContent("pass");
        assertThat(unpacked.resolve("addons/other/up")).hasContent("pass");
        assertThat(unpacked.resolve("second.py")).hasContent("pass");
    }

    @Test
    void gives_nobody_the_rights_that_the_archive_asks_for() throws Exception {
        Path tar = tar(out -> {
            TarArchiveEntry entry = new TarArchiveEntry("run-as-root");
            entry.setMode(04755);
            entry.setSize(0);
            out.putArchiveEntry(entry);
            out.closeArchiveEntry();
        });

        Path unpacked = passed(Asset.CONFIGURATION, tar).resolve("run-as-root");

        assertThat((int) Files.getAttribute(unpacked, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 07000)
                .isZero();
        assertThat(Files.getPosixFilePermissions(unpacked))
                .doesNotContain(PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OWNER_EXECUTE);
    }

    @Test
    void refuses_by_name_whatever_would_leave_the_folder() throws Exception {
        assertRefused("/etc/cron.d/evil has an absolute path", out -> raw(out, "/etc/cron.d/evil"));
        assertRefused("a/../../evil climbs out", out -> file(out, "a/../../evil", "x", OLD));
        assertRefused(
                "out is a link that points out of the archive, to /etc",
                out -> link(out, "out", "/etc", TarConstants.LF_SYMLINK));
        assertRefused(
                "a/out is a link that points out", out -> link(out, "a/out", "../../etc", TarConstants.LF_SYMLINK));
        assertRefused("y is a link that points out", out -> {
            link(out, "a/b/x", "../..", TarConstants.LF_SYMLINK);
            link(out, "y", "a/b/x/..", TarConstants.LF_SYMLINK);
        });
        assertRefused("in/file lies under an entry that is no folder", out -> {
            file(out, "a/file", "x", OLD);
            link(out, "in", "a", TarConstants.LF_SYMLINK);
            file(out, "in/file", "y", OLD);
        });
        assertRefused(
                "hard is a hard link to ../../etc/passwd",
                "climbs out",
                out -> link(out, "hard", "../../etc/passwd", TarConstants.LF_LINK));
        assertRefused(
                "absent, which is no file that came before", out -> link(out, "hard", "absent", TarConstants.LF_LINK));
    }

    @Test
    void refuses_by_name_what_no_backup_of_files_needs() throws Exception {
        assertRefused("pipe is a device or a pipe", out -> link(out, "pipe", "", TarConstants.LF_FIFO));
        assertRefused("disk is a device or a pipe", out -> link(out, "disk", "", TarConstants.LF_BLK));
        assertRefused("a/twice is in the archive twice", out -> {
            file(out, "a/twice", "x", OLD);
            file(out, "a/twice", "y", OLD);
        });
        assertRefused("holds no file", out -> {
            out.putArchiveEntry(new TarArchiveEntry("empty/"));
            out.closeArchiveEntry();
        });
    }

    @Test
    void notices_a_tar_that_is_cut_anywhere() throws Exception {
        byte[] tar = Files.readAllBytes(tar(out -> {
            file(out, "first", "x".repeat(1000), OLD);
            file(out, "zeros", "\0".repeat(2048), OLD);
        }));
        // Right behind the headers and contents, in their middles, and within the empty blocks at the end.
        for (int size : List.of(300, 512, 900, 1536, 1700, 2048, 2048 + 1024, 2048 + 2048, 2048 + 2048 + 512)) {
            assertThat(failure(Asset.FILESTORE, write("cut.tar", Arrays.copyOf(tar, size))))
                    .as("cut at " + size)
                    .containsPattern("cut short|ends after|damaged");
        }
        byte[] gzip = gzip(random(200_000));
        for (int percent : List.of(10, 50, 90, 99)) {
            byte[] cut = Arrays.copyOf(gzip, gzip.length * percent / 100);
            assertThat(failure(Asset.FILESTORE, write("cut.tar.gz", cut))).containsPattern("cut short|damaged");
        }
    }

    @Test
    void notices_a_flipped_byte_in_compressed_data_and_says_where() throws Exception {
        byte[] content = random(500_000);
        byte[] tar = Files.readAllBytes(tar(out -> bytes(out, "ab/abcd", content)));
        byte[] zstd;
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            try (var out = new com.github.luben.zstd.ZstdOutputStream(bytes)) {
                out.setChecksum(true);
                out.write(tar);
            }
            zstd = bytes.toByteArray();
        }
        for (byte[] good : List.of(gzip(tar), zstd)) {
            byte[] bad = good.clone();
            bad[bad.length / 2] ^= 0x10;
            assertThat(failure(Asset.FILESTORE, write("flipped", bad))).contains("damaged before byte");
        }
    }

    @Test
    void refuses_a_bomb_without_unpacking_it() throws Exception {
        Path tar = tar(out -> bytes(out, "ab/zeros", new byte[(int) Room.HARMLESS + 1]));

        String failure = failure(Asset.FILESTORE, write("bomb.tar.gz", gzip(Files.readAllBytes(tar))));

        assertThat(failure).contains("expands more than 250-fold");
        assertThat(failure(Asset.FILESTORE, write("absurd.tar", header("absurd", 1L << 50))))
                .contains("250-fold");
    }

    @Test
    void unpacks_what_compresses_well_while_it_is_small() throws Exception {
        Path tar = tar(out -> bytes(out, "ab/zeros", new byte[1 << 20]));

        assertThat(passed(Asset.FILESTORE, write("small.tar.gz", gzip(Files.readAllBytes(tar)))))
                .isDirectory();
    }

    @Test
    void says_that_it_could_not_look_when_the_scratch_is_full() throws Exception {
        byte[] content = random(8 << 20);
        Path tar = tar(out -> bytes(out, "ab/abcd", content));
        // The fetched backup itself lies in the scratch as well.
        try (RestoreBench small = RestoreBench.open(folder.resolve("home"), 15, OptionalLong.of(12 << 20))) {
            assertThatThrownBy(() -> small.restore(Asset.FILESTORE, BackupFormat.TAR, tar))
                    .isInstanceOf(CouldNotRun.class)
                    .hasMessageContaining("The scratch is full: 8.0 MiB more are needed")
                    .hasMessageContaining("scratch.disk");
        }
    }

    @Test
    void says_which_filestores_it_cannot_choose_between() throws Exception {
        Path tar = tar(out -> {
            file(out, "filestore/one/ab/abcd", "x", OLD);
            file(out, "filestore/two/ab/abcd", "x", OLD);
        });

        assertThatThrownBy(() -> bench.restore(Asset.FILESTORE, BackupFormat.TAR, tar))
                .isInstanceOf(CouldNotRun.class)
                .hasMessageContaining("filestore/one, filestore/two");
    }

    @Test
    void checks_every_entry_of_a_zip_against_its_checksum() throws Exception {
        byte[] content = random(50_000);
        byte[] zip = zip(out -> zipped(out, "erp/ab/abcd", content));
        Path good = write("good.zip", zip);
        assertThat(passed(Asset.FILESTORE, good).resolve("ab/abcd")).hasBinaryContent(content);

        byte[] bad = zip.clone();
        bad[20_000] ^= 1;
        assertThat(failure(Asset.FILESTORE, write("bad.zip", bad)))
                .contains("erp/ab/abcd")
                .contains("damaged");
        assertThat(failure(Asset.FILESTORE, write("cut.zip", Arrays.copyOf(zip, zip.length - 30))))
                .contains("cut short");
    }

    @Test
    void refuses_by_name_a_zip_that_would_leave_the_folder() throws Exception {
        assertThat(failure(Asset.FILESTORE, write("up.zip", zip(out -> zipped(out, "../evil", new byte[1])))))
                .contains("../evil climbs out");
        assertThat(failure(Asset.FILESTORE, write("link.zip", zip(out -> {
                    ZipArchiveEntry entry = new ZipArchiveEntry("link");
                    entry.setUnixMode(0120777);
                    out.putArchiveEntry(entry);
                    out.write("/etc/passwd".getBytes(StandardCharsets.UTF_8));
                    out.closeArchiveEntry();
                }))))
                .contains("link is a link that points out of the archive, to /etc/passwd");
        assertThat(failure(Asset.FILESTORE, write("twice.zip", zip(out -> {
                    zipped(out, "a", new byte[1]);
                    zipped(out, "a", new byte[2]);
                }))))
                .contains("a is in the archive twice");
    }

    private interface Filling<T> {
        void into(T out) throws IOException;
    }

    private void assertRefused(String words, Filling<TarArchiveOutputStream> filling) throws Exception {
        assertThat(failure(Asset.FILESTORE, tar(filling))).contains(words);
    }

    private void assertRefused(String words, String other, Filling<TarArchiveOutputStream> filling) throws Exception {
        assertThat(failure(Asset.FILESTORE, tar(filling))).containsAnyOf(words, other);
    }

    private String failure(Asset asset, Path file) throws Exception {
        try (RestoreBench own = RestoreBench.open(folder.resolve("home"))) {
            RestoreOutcome outcome = own.restore(asset, BackupFormat.TAR, file);
            assertThat(verdict(outcome)).isEqualTo(Verdict.FAILED);
            assertThat(outcome.folder()).isEmpty();
            assertThat(problem(outcome).where()).contains("s3://backups/erp/");
            return problem(outcome).what();
        }
    }

    private Path passed(Asset asset, Path file) throws Exception {
        RestoreOutcome outcome = bench.restore(asset, BackupFormat.TAR, file);
        assertThat(verdict(outcome)).as(outcome.toString()).isEqualTo(Verdict.PASSED);
        return outcome.folder().orElseThrow();
    }

    private Path tar(Filling<TarArchiveOutputStream> filling) throws IOException {
        Path path = folder.resolve("files.tar");
        try (TarArchiveOutputStream out = new TarArchiveOutputStream(Files.newOutputStream(path))) {
            out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            filling.into(out);
        }
        return path;
    }

    private static byte[] zip(Filling<ZipArchiveOutputStream> filling) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(bytes)) {
            filling.into(out);
        }
        return bytes.toByteArray();
    }

    private static void zipped(ZipArchiveOutputStream out, String name, byte[] content) throws IOException {
        out.putArchiveEntry(new ZipArchiveEntry(name));
        out.write(content);
        out.closeArchiveEntry();
    }

    private static void file(TarArchiveOutputStream out, String name, String content, Instant time) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setModTime(Date.from(time));
        entry.setSize(bytes.length);
        out.putArchiveEntry(entry);
        out.write(bytes);
        out.closeArchiveEntry();
    }

    private static void bytes(TarArchiveOutputStream out, String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        out.putArchiveEntry(entry);
        out.write(content);
        out.closeArchiveEntry();
    }

    private static void raw(TarArchiveOutputStream out, String name) throws IOException {
        out.putArchiveEntry(new TarArchiveEntry(name, true));
        out.closeArchiveEntry();
    }

    private static void link(TarArchiveOutputStream out, String name, String target, byte kind) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, kind);
        entry.setLinkName(target);
        out.putArchiveEntry(entry);
        out.closeArchiveEntry();
    }

    private static byte[] header(String name, long size) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(size);
        byte[] header = new byte[512];
        entry.writeEntryHeader(header, ZipEncodingHelper.getZipEncoding("UTF-8"), true);
        return ByteBuffer.allocate(2048).put(header).array();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] joined(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }

    private static byte[] random(int size) {
        byte[] content = new byte[size];
        new Random(7).nextBytes(content);
        return content;
    }

    private Path write(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }
}
