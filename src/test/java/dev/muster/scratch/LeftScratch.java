package dev.muster.scratch;

import dev.muster.drill.OpenScratch;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** A scratch on this machine whose process was killed. */
public final class LeftScratch {
    private LeftScratch() {}

    /** Has another process open one in this home of Muster, and kills it. */
    public static OpenScratch in(Path home) throws IOException, InterruptedException {
        Process holder = Fork.of(HoldsAScratch.class, List.of(), Fork.classPath(), home.toString());
        try (BufferedReader said = holder.inputReader(StandardCharsets.UTF_8)) {
            said.readLine();
            holder.destroyForcibly().waitFor();
            return new Scratches(home, Optional.empty(), Optional.empty(), Clock.systemUTC())
                    .list().stream()
                            .filter(scratch -> scratch.drill().equals(HoldsAScratch.DRILL))
                            .findFirst()
                            .orElseThrow();
        } finally {
            holder.destroyForcibly();
        }
    }
}
