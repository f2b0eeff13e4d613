package dev.muster.backup.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import dev.muster.backup.Dumps;
import dev.muster.drill.Reading;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DumpHeaderTest {
    private static final LocalDateTime SUMMER = LocalDateTime.of(2026, 7, 1, 2, 0, 1);
    private static final LocalDateTime WINTER = LocalDateTime.of(2026, 11, 20, 2, 0, 1);
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId UTC = ZoneId.of("UTC");

    @TempDir
    Path folder;

    @Test
    void reads_archives_of_old_and_new_versions() {
        byte[] old = Dumps.archive(12, 1, WINTER, false, "9.6.24", "9.6.24");
        byte[] now = Dumps.archive(16, 1, WINTER, false, "15.18 (Debian 15.18-0+deb12u1)", "18.6 (Debian 18.6-3)");

        assertThat(ArchiveHeader.read(old))
                .hasValue(new ArchiveHeader("1.12", WINTER, false, "acme", "9.6.24", "9.6.24"));
        assertThat(ArchiveHeader.read(now)).hasValueSatisfying(header -> {
            assertThat(header.version()).isEqualTo("1.16");
            assertThat(header.created()).isEqualTo(WINTER);
            assertThat(header.database()).isEqualTo("acme");
            assertThat(header.serverMajor()).isEqualTo(15);
            assertThat(header.dumperMajor()).isEqualTo(18);
        });
    }

    @Test
    void finds_no_header_in_bytes_that_end_within_it_or_are_something_else() {
        byte[] whole = Dumps.custom(WINTER);
        for (int length = 0; length < 100; length++) {
            assertThat(ArchiveHeader.read(Arrays.copyOf(whole, length))).isEmpty();
        }
        assertThat(DumpHeader.read(Dumps.bytes("<html>"))).isEmpty();
        assertThat(DumpHeader.read(Dumps.filestore())).isEmpty();
        assertThat(DumpHeader.read(new byte[0])).isEmpty();
    }

    @Test
    void takes_the_start_for_local_time_of_the_zone_that_is_set() {
        byte[] summer = Dumps.archive(14, 1, SUMMER, true, "15.1", "15.1");

        Reading reading = DumpHeader.read(summer).orElseThrow().started(BERLIN);

        assertThat(reading.at()).hasValue(Instant.parse("2026-07-01T00:00:01Z"));
        assertThat(reading.formula()).contains("2026-07-01 02:00:01", "Europe/Berlin");
    }

    @Test
    void knows_by_summer_time_which_of_two_equal_hours_it_was() {
        LocalDateTime twice = LocalDateTime.of(2026, 10, 25, 2, 30);
        assertThat(DumpHeader.read(Dumps.archive(14, 1, twice, true, "15.1", "15.1"))
                        .orElseThrow()
                        .started(BERLIN)
                        .at())
                .hasValue(Instant.parse("2026-10-25T00:30:00Z"));
        assertThat(DumpHeader.read(Dumps.archive(14, 1, twice, false, "15.1", "15.1"))
                        .orElseThrow()
                        .started(BERLIN)
                        .at())
                .hasValue(Instant.parse("2026-10-25T01:30:00Z"));
    }

    @Test
    void says_that_a_zone_without_summer_time_is_wrong_for_a_header_with_it() {
        Reading reading = DumpHeader.read(Dumps.archive(14, 1, SUMMER, true, "15.1", "15.1"))
                .orElseThrow()
                .started(UTC);
        assertThat(reading.at()).isEmpty();
        assertThat(reading.formula()).contains("summer time was in force", "set `zone:`");
    }

    @Test
    void reads_plain_sql_and_the_line_that_says_when_it_started() {
        DumpHeader header = DumpHeader.read(Dumps.bytes(Dumps.plain("2026-11-20 02:00:01 CET")))
                .orElseThrow();
        assertThat(header.kind()).isEqualTo(DumpHeader.Kind.PLAIN);
        assertThat(header.serverMajor()).isEqualTo(OptionalInt.of(15));
        assertThat(header.dumperMajor()).isEqualTo(OptionalInt.of(18));
        assertThat(header.started(BERLIN).at()).hasValue(Instant.parse("2026-11-20T01:00:01Z"));

        DumpHeader utc = DumpHeader.read(Dumps.bytes(Dumps.plain("2026-11-20 02:00:01 UTC")))
                .orElseThrow();
        assertThat(utc.started(BERLIN).at()).hasValue(Instant.parse("2026-11-20T02:00:01Z"));

        DumpHeader silent = DumpHeader.read(Dumps.bytes(Dumps.plain(""))).orElseThrow();
        assertThat(silent.started(BERLIN)).satisfies(reading -> {
            assertThat(reading.at()).isEmpty();
            assertThat(reading.formula()).contains("-v");
        });
    }

    @Test
    void looks_through_gzip_and_zstd_even_at_a_mere_beginning() {
        ByteArrayOutputStream dump = new ByteArrayOutputStream();
        dump.writeBytes(Dumps.bytes(Dumps.plain("2026-11-20 02:00:01 UTC")));
        byte[] rows = new byte[300_000];
        new Random(1).nextBytes(rows);
        dump.writeBytes(rows);
        byte[] gzip = Dumps.gzip(dump.toByteArray());
        byte[] zstd = Zstd.compress(dump.toByteArray());
        for (Map.Entry<Compression, byte[]> one :
                Map.of(Compression.GZIP, gzip, Compression.ZSTD, zstd).entrySet()) {
            DumpHeader header = DumpHeader.read(Arrays.copyOf(one.getValue(), Probe.HEAD_OF_BLOCKS))
                    .orElseThrow();
            assertThat(header.compression()).isEqualTo(one.getKey());
            assertThat(header.kind()).isEqualTo(DumpHeader.Kind.PLAIN);
        }
    }

    @Test
    void reads_the_table_of_contents_of_a_directory_in_a_tar() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("dump/3000.dat.gz", new byte[100]);
        files.put("dump/toc.dat", Dumps.archive(14, 3, WINTER, false, "15.1", "15.1"));
        DumpHeader header = DumpHeader.read(Dumps.gzip(Dumps.tar(files))).orElseThrow();
        assertThat(header.kind()).isEqualTo(DumpHeader.Kind.DIRECTORY);
        assertThat(header.compression()).isEqualTo(Compression.GZIP);
        assertThat(header.archive()).map(ArchiveHeader::created).isEqualTo(Optional.of(WINTER));

        files.clear();
        files.put("dump/3000.dat.gz", new byte[100_000]);
        files.put("dump/toc.dat", new byte[10]);
        DumpHeader far =
                DumpHeader.read(Arrays.copyOf(Dumps.tar(files), 16_384)).orElseThrow();
        assertThat(far.kind()).isEqualTo(DumpHeader.Kind.DIRECTORY);
        assertThat(far.started(UTC).formula()).contains("not at the beginning");
    }

    @Test
    void reads_the_dump_in_a_file() throws Exception {
        Path file = Files.write(folder.resolve("dump"), Dumps.custom(WINTER));
        assertThat(DumpHeader.read(file)).map(DumpHeader::kind).hasValue(DumpHeader.Kind.CUSTOM);
    }
}
