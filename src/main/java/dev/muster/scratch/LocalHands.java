package dev.muster.scratch;

import com.sun.management.OperatingSystemMXBean;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.scratch.postgres.ClientProgram;
import dev.muster.scratch.postgres.Servers;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Programs of this machine, run as one user in one network. */
record LocalHands(Account account, Network network, Servers servers, Path serverCache) implements Hands {
    private static final String SEARCH_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    @Override
    public Work start(Program program, Path folder, Map<String, String> environment) {
        String first = program.command().get(0);
        if (!has(first)) {
            throw new CouldNotRun(new Problem(
                    "There is no program " + first + " on this machine",
                    first.contains("/") ? first : SEARCH_PATH,
                    "Install it, or name it with its whole path; where an application lies is said by `programs` in"
                            + " the settings."));
        }
        ProcessBuilder builder = new ProcessBuilder(network.enter(account.enter(program.command())))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"));
        builder.environment().clear();
        builder.environment().put("PATH", SEARCH_PATH);
        builder.environment().putAll(environment);
        try {
            return new LocalWork(builder.start());
        } catch (IOException failed) {
            throw new CouldNotRun(
                    new Problem(
                            "A program could not be started: " + failed.getMessage(),
                            String.join(" ", builder.command()),
                            "See whether this machine has run out of processes or memory."),
                    failed);
        }
    }

    /** Whether there is a program of this name, or at this path. */
    boolean has(String program) {
        if (program.contains("/")) {
            return Files.isExecutable(Path.of(program));
        }
        return Stream.of(SEARCH_PATH.split(":", -1)).anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    @Override
    public Path server(int major) {
        return servers.programs(major, serverCache);
    }

    @Override
    public List<ClientProgram> clients(String program) {
        return servers.clients(program);
    }

    /** Its user may be another than the one who reads them here. */
    @Override
    public Optional<Path> muster() {
        return Optional.empty();
    }

    @Override
    public int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    @Override
    public Map<String, String> tuning() {
        return Tuning.forMemory(
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize());
    }

    /** In files and not in the machine's shared memory, where a killed server would leave it behind. */
    @Override
    public String sharedMemory() {
        return "mmap";
    }

    @Override
    public void close() {
        network.close();
    }

    /** A process of this machine. */
    private record LocalWork(Process process) implements Work {
        @Override
        public InputStream output() {
            return process.getInputStream();
        }

        @Override
        public int end() throws InterruptedException {
            return process.waitFor();
        }

        @Override
        public OptionalInt exit() {
            return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
        }

        @Override
        public void kill() {
            while (process.isAlive()) {
                // The parent first: it must not go on with its next command when a child is gone.
                List<ProcessHandle> family = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                        .toList();
                family.forEach(ProcessHandle::destroyForcibly);
                process.onExit().join();
            }
        }
    }
}
