package dev.muster.scratch;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the system says about one process: whose it is, and when it started. */
record ProcessStatus(int user, int group, long startTicks) {

    static ProcessStatus own() {
        return of(ProcessHandle.current().pid())
                .orElseThrow(() -> new CouldNotRun(new Problem(
                        "A local scratch needs Linux with /proc, to find and end every process it has started",
                        "/proc",
                        "Run Muster on Linux, or in a container.")));
    }

    /** Empty when there is no such process. */
    static Optional<ProcessStatus> of(long process) {
        Path folder = Path.of("/proc", String.valueOf(process));
        try {
            List<String> status = Files.readAllLines(folder.resolve("status"), StandardCharsets.ISO_8859_1);
            String stat = Files.readString(folder.resolve("stat"), StandardCharsets.ISO_8859_1);
            // The program's name stands in parentheses and may hold anything; what follows it is numbers.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return Optional.of(new ProcessStatus(
                    effective(status, "Uid:"), effective(status, "Gid:"), Long.parseLong(fields[19])));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private static int effective(List<String> status, String label) {
        return status.stream()
                .filter(line -> line.startsWith(label))
                .map(line -> Integer.parseInt(line.split("\t", -1)[2]))
                .findFirst()
                .orElseThrow();
    }
}
