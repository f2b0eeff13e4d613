package dev.muster.backup.restic;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.drill.Secret;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The restic program of this machine, which only ever sees a copy of a repository in a folder. */
public final class Restic {
    private static final String PROGRAM = "restic";
    private static final int MOST_OUTPUT = 64 * 1024 * 1024;
    private static final int SHOWN = 300;

    private final Path repository;
    private final Secret password;
    private final String where;

    /** @param where the repository's place in its vault, for problems */
    public Restic(Path repository, Secret password, String where) {
        this.repository = repository;
        this.password = password;
        this.where = where;
    }

    /** The words of a command; none of them is a secret. */
    public List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(installed(where).toString(), "--repo", repository.toString(), "--no-lock", "--no-cache"));
        command.addAll(List.of(arguments));
        return command;
    }

    /** What the program finds in its environment besides a plain path. */
    public Map<String, String> environment() {
        return Map.of("RESTIC_PASSWORD", password.reveal());
    }

    /** What restic's complaint means when it says nothing about the backup; absent when it may be the backup's fault. */
    public Optional<CouldNotRun> notItsFault(String said) {
        if (said.contains("wrong password") || said.contains("no key found")) {
            return Optional.of(new CouldNotRun(new Problem(
                    "The password in `key` does not open the restic repository",
                    where,
                    "Put the right one into the secret that `key` of this backup names. On the machine that makes the"
                            + " backups, `restic key list` shows whether its own still works.")));
        }
        if (said.contains("unsupported repository version") || said.contains("repository version")) {
            return Optional.of(new CouldNotRun(new Problem(
                    "The installed restic is too old for this repository: " + shortened(said),
                    where,
                    "Install a restic at least as new as the one that makes the backups.")));
        }
        return Optional.empty();
    }

    /** Asks about all snapshots whose files are in the copy. */
    List<Snapshot> snapshots() throws InterruptedException {
        return Snapshot.read(ask("snapshots", "--json"));
    }

    /** The names of the packs that an index in the copy refers to. */
    Set<String> packs(String index) throws InterruptedException {
        Set<String> packs = new TreeSet<>();
        try {
            JsonMapper.shared()
                    .readTree(ask("cat", "index", index))
                    .path("packs")
                    .forEach(pack -> packs.add(pack.path("id").asString("")));
        } catch (JacksonException e) {
            throw new CouldNotRun(unable(String.valueOf(e.getMessage())).problem(), e);
        }
        return packs;
    }

    private String ask(String... arguments) throws InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command(arguments)).directory(repository.toFile());
        Path errors = repository.resolve("errors");
        builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
        builder.environment().putAll(environment());
        builder.environment().put("HOME", repository.toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.redirectError(errors.toFile()).redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        try {
            Process process = builder.start();
            try (var output = process.getInputStream()) {
                byte[] bytes = output.readNBytes(MOST_OUTPUT);
                if (process.waitFor() != 0) {
                    String said = Files.readString(errors);
                    throw notItsFault(said).orElseGet(() -> unable(said));
                }
                return new String(bytes, StandardCharsets.UTF_8);
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new CouldNotRun(unable(String.valueOf(e.getMessage())).problem(), e);
        }
    }

    private CouldNotRun unable(String said) {
        return new CouldNotRun(new Problem(
                "restic cannot tell what the repository holds: " + shortened(said),
                where,
                "Run `restic snapshots` against the repository by hand; `restic check` says what is wrong with it."));
    }

    /** The first of what a program said, on one line. */
    public static String shortened(String said) {
        String line = said.strip().replaceAll("\\s+", " ");
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "...";
    }

    private static Path installed(String where) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, PROGRAM))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new CouldNotRun(new Problem(
                        "restic is not installed on this machine, and only it reads its repositories",
                        where,
                        "Install it with `apt install restic`; `muster doctor` shows whether it is found.")));
    }
}
