package dev.muster.scratch;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.scratch.neighbour.Errand;
import dev.muster.scratch.neighbour.Neighbour;
import dev.muster.scratch.neighbour.Script;
import dev.muster.scratch.postgres.Machine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The container of a neighbour, as a place where programs lie and are run. */
final class NeighbourMachine implements Machine {
    private static final int MOST_SAID = 4096;
    private static final long MEGABYTE = 1024 * 1024;
    private static final String SEARCH = """
            case $1 in */*) [ -f "$1" ] && [ -x "$1" ]; exit;; esac
            rest=$PATH:
            while [ -n "$rest" ]; do
                folder=${rest%%:*} rest=${rest#*:}
                [ -f "$folder/$1" ] && [ -x "$folder/$1" ] && exit 0
            done
            exit 1
            """;

    private final Neighbour neighbour;
    private final Set<String> found = ConcurrentHashMap.newKeySet();

    NeighbourMachine(Neighbour neighbour) {
        this.neighbour = neighbour;
    }

    Neighbour neighbour() {
        return neighbour;
    }

    @Override
    public boolean has(Path program) {
        return has(program.toString());
    }

    /** Whether there is a program of this name, or at this path. */
    boolean has(String program) {
        if (found.contains(program)) {
            return true;
        }
        boolean there = asked(List.of("sh", "-c", SEARCH, "sh", program)).exit() == 0;
        if (there) {
            found.add(program);
        }
        return there;
    }

    @Override
    public String versionOf(Path program) {
        return asked(List.of(program.toString(), "--version")).said();
    }

    Work start(Program program, Path folder, Map<String, String> environment) {
        Map<String, String> whole = new HashMap<>(environment);
        whole.putIfAbsent("PATH", neighbour.container().path());
        return new NeighbourWork(neighbour.ask(new Script(folder, whole, program.command())), neighbour);
    }

    private Asked asked(List<String> command) {
        try {
            Errand errand = neighbour.ask(new Script(
                    Path.of("/"), Map.of("PATH", neighbour.container().path(), "LC_ALL", "C"), command));
            try (InputStream output = errand.output()) {
                byte[] said = output.readNBytes(MOST_SAID);
                int exit = Undisturbed.call(errand::end);
                return new Asked(exit, new String(said, StandardCharsets.UTF_8));
            }
        } catch (IOException broken) {
            throw new CouldNotRun(
                    neighbour
                            .gone()
                            .orElse(new Problem(
                                    "The container " + neighbour.name() + " does not answer: " + broken,
                                    String.join(" ", command),
                                    "Run the drill again.")),
                    broken);
        }
    }

    /** What a short command came to. */
    private record Asked(int exit, String said) {}

    /** A program that the neighbour runs. */
    private record NeighbourWork(Errand errand, Neighbour neighbour) implements Work {
        @Override
        public InputStream output() {
            return errand.output();
        }

        @Override
        public int end() throws InterruptedException {
            return errand.end();
        }

        @Override
        public OptionalInt exit() {
            return errand.exit();
        }

        @Override
        public Optional<String> remark(int exit) {
            if (exit != Neighbour.KILLED) {
                return Optional.empty();
            }
            OptionalLong memory = neighbour.container().memory();
            return Optional.of("killed (exit code " + exit + "), as a program is for which the memory of the container "
                    + neighbour.name() + " is too small"
                    + (memory.isPresent() ? ": " + memory.getAsLong() / MEGABYTE + " MB" : ""));
        }

        @Override
        public void kill() {
            errand.stop();
        }
    }
}
