package dev.muster.scratch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.drill.TeardownReceipt;
import dev.muster.scratch.postgres.Servers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The servers that come with Muster, for machines without PostgreSQL. */
class IncludedServersTest {
    @TempDir
    private Path temporary;

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void runs_the_oldest_and_the_newest(int major) throws Exception {
        Scratches scratches = new Scratches(
                OpenHome.in(temporary), Optional.empty(), Optional.empty(), Clock.systemUTC(), new Servers(List.of()));
        LocalSite site = scratches.openHere("drill-1", ScratchContract.plan());
        Scratch scratch = site.scratch();
        try {
            Database database = scratch.startDatabase(major, "erp");

            assertThat(database.version()).startsWith(major + ".");
            assertThat(ScratchContract.question(
                            database, "select count(*) from pg_available_extensions where name = 'amcheck'"))
                    .isEqualTo("1");
            assertThat(scratch.client("pg_restore", major)).isEmpty();
        } finally {
            TeardownReceipt receipt = site.remove();
            assertThat(receipt.leftBehind()).isEmpty();
        }
    }
}
