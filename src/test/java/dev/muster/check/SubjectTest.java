package dev.muster.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.drill.Asset;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Reading;
import dev.muster.drill.Readings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SubjectTest {
    @Test
    void a_filestore_that_did_not_come_back_is_told_apart_from_one_that_no_step_restores() {
        Reading unknown = Reading.none("the backup did not restore");

        assertThat(remedy(Map.of(Asset.FILESTORE, new Readings(unknown, unknown, unknown))))
                .isEqualTo("Look at the problem of \"restore: filestore\" first.");
        assertThat(remedy(Map.of())).contains("Put the step \"restore: filestore\" before this check");
    }

    @Test
    void a_restored_filestore_is_handed_out() {
        assertThat(subject(Optional.of(Path.of("store")), Map.of()).restoredFilestore())
                .isEqualTo(Path.of("store"));
    }

    private static String remedy(Map<Asset, Readings> readings) {
        return catchThrowableOfType(
                        CouldNotRun.class,
                        () -> subject(Optional.empty(), readings).restoredFilestore())
                .problem()
                .remedy();
    }

    private static Subject subject(Optional<Path> filestore, Map<Asset, Readings> readings) {
        return new Subject(
                RestoredDatabase.runbook(Map.of()),
                Optional.empty(),
                filestore,
                Optional.empty(),
                Instant.parse("2026-11-20T05:00:00Z"),
                readings);
    }
}
