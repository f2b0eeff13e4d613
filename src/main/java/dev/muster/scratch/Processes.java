package dev.muster.scratch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The processes that run in a folder, found by their working folder: unlike a recorded id it is never reused, and
 * unlike the environment PostgreSQL does not overwrite it.
 */
final class Processes {
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final String WORKING_FOLDERS =
            "for p in \"$@\"; do printf '%s %s\\n' \"$p\" \"$(readlink \"/proc/$p/cwd\")\"; done";

    private final String folder;

    Processes(Path folder) {
        this.folder = folder.toString();
    }

    /** Their ids, without those of this process, of its ancestors, and of root when root asks. */
    List<Long> running() {
        boolean root = ProcessStatus.own().user() == 0;
        Set<Long> spared = ancestors();
        List<Long> found = new ArrayList<>();
        Map<List<Integer>, List<Long>> closed = new HashMap<>();
        for (long process : all()) {
            Optional<ProcessStatus> status = ProcessStatus.of(process);
            // What runs here never runs as root: a root process in this folder is someone's shell.
            if (status.isEmpty()
                    || spared.contains(process)
                    || (root && status.get().user() == 0)) {
                continue;
            }
            try {
                if (within(Files.readSymbolicLink(workingFolder(process)).toString())) {
                    found.add(process);
                }
            } catch (AccessDeniedException denied) {
                closed.computeIfAbsent(List.of(status.get().user(), status.get().group()), key -> new ArrayList<>())
                        .add(process);
            } catch (IOException gone) {
                spared.add(process);
            }
        }
        if (root) {
            // In a container, root may not look into other users' processes; those users themselves may.
            closed.forEach((who, processes) -> found.addAll(asked(who.get(0), who.get(1), processes)));
        }
        return found;
    }

    /** Waits until none is left. */
    boolean goneWithin(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!running().isEmpty()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        }
        return true;
    }

    /** Kills what is there and what it has started meanwhile, until none is left. */
    boolean killedWithin(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        for (List<Long> left = running(); !left.isEmpty(); left = running()) {
            left.forEach(process -> ProcessHandle.of(process).ifPresent(ProcessHandle::destroyForcibly));
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        }
        return true;
    }

    private boolean within(String path) {
        return path.equals(folder) || path.startsWith(folder + "/") || path.equals(folder + " (deleted)");
    }

    private List<Long> asked(int user, int group, List<Long> processes) {
        List<String> command = new ArrayList<>(Account.enter(user, group));
        command.addAll(List.of("sh", "-c", WORKING_FOLDERS, "sh"));
        processes.forEach(process -> command.add(process.toString()));
        return Answer.of(command)
                .map(answer -> answer.lines()
                        .map(line -> line.split(" ", 2))
                        .filter(parts -> parts.length == 2 && within(parts[1]))
                        .map(parts -> Long.valueOf(parts[0]))
                        .toList())
                .orElse(List.of());
    }

    private static Set<Long> ancestors() {
        Set<Long> ancestors = new HashSet<>();
        for (Optional<ProcessHandle> process = Optional.of(ProcessHandle.current());
                process.isPresent();
                process = process.get().parent()) {
            ancestors.add(process.get().pid());
        }
        return ancestors;
    }

    private static List<Long> all() {
        List<Long> all = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of("/proc"), "[1-9]*")) {
            entries.forEach(entry -> all.add(Long.valueOf(String.valueOf(entry.getFileName()))));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return all;
    }

    private static Path workingFolder(long process) {
        return Path.of("/proc", String.valueOf(process), "cwd");
    }
}
