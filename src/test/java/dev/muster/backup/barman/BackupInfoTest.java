package dev.muster.backup.barman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.backup.format.BadManifest;
import dev.muster.backup.log.LogRange;
import dev.muster.backup.log.Lsn;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackupInfoTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void a_finished_backup_says_when_it_ended_and_which_log_it_needs() throws BadManifest {
        BackupInfo info = read("""
                begin_xlog=0/2000028
                end_time=2026-11-21 19:14:38.840243+09:00
                end_xlog=0/2000100
                status=DONE
                timeline=3
                xlog_segment_size=67108864
                """);

        Instant ended = Instant.parse("2026-11-21T10:14:38.840243Z");
        assertThat(info.unfinished()).isEmpty();
        assertThat(info.log(ZoneOffset.UTC))
                .isEqualTo(new LogRange(3, new Lsn(0x2000028), new Lsn(0x2000100), Optional.of(ended)));
        assertThat(info.segmentSize()).isEqualTo(64 << 20);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-21 19:14:38+09:00, 2026-11-21T10:14:38Z",
        "2026-11-21 19:14:38.5+05:30, 2026-11-21T13:44:38.5Z",
        "2026-11-21 10:14:38+00:00, 2026-11-21T10:14:38Z",
        "2026-11-21 19:14:38.840243, 2026-11-21T18:14:38.840243Z",
    })
    void a_time_with_an_offset_means_that_and_one_without_the_zone_of_the_runbook(String written, Instant meant)
            throws BadManifest {
        assertThat(read("status=DONE\nend_time=" + written).ended(BERLIN)).contains(meant);
    }

    @Test
    void keys_that_nobody_knows_yet_and_values_with_an_equals_sign_are_no_fault() throws BadManifest {
        BackupInfo info = read("status=DONE\nencryption=gpg\nbackup_name=a=b\nno equals sign\nsnapshots_info=None\n");

        assertThat(info.unfinished()).isEmpty();
        assertThat(info.name()).contains("a=b");
        assertThat(info.isSnapshot()).isFalse();
    }

    @Test
    void tablespaces_are_found_whatever_they_are_called() throws BadManifest {
        BackupInfo info = read("status=DONE\ntablespaces=[('other', 16408, '/a'), (\"it's (1, 2\", 16409, '/b'),"
                + " ('a\\', 5, ', 16410, '/c')]");

        assertThat(info.tablespaces()).containsExactly("16408", "16409", "16410");
        assertThat(read("status=DONE\ntablespaces=None").tablespaces()).isEmpty();
    }

    @Test
    void a_failed_backup_says_why() throws BadManifest {
        assertThat(read("status=FAILED\nerror=failure uploading data (disk full)")
                        .unfinished())
                .contains("It is not complete: its backup.info says FAILED, because of failure uploading data"
                        + " (disk full)");
    }

    @Test
    void what_is_none_of_barman_and_what_lacks_its_log_are_refused() throws BadManifest {
        assertThatThrownBy(() -> read("<html>")).isInstanceOf(BadManifest.class).hasMessageContaining("no status");
        BackupInfo info = read("status=DONE\ntimeline=1\nbegin_xlog=0/2000028");
        assertThatThrownBy(() -> info.log(ZoneOffset.UTC))
                .isInstanceOf(BadManifest.class)
                .hasMessageContaining("end_xlog is missing");
    }

    private static BackupInfo read(String text) throws BadManifest {
        return BackupInfo.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
