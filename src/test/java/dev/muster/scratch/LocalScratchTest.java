package dev.muster.scratch;

import dev.muster.drill.ScratchPlan;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** The local scratch, with the server that this machine has. */
class LocalScratchTest extends ScratchContract {
    @TempDir
    private Path home;

    @Override
    Scratch open(ScratchPlan plan) {
        return new Scratches(home, Optional.empty(), Optional.empty(), Clock.systemUTC()).open("drill-1", plan);
    }
}
