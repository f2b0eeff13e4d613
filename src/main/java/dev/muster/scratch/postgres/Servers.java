package dev.muster.scratch.postgres;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Chooses PostgreSQL servers and client programs: the machine's own first, then the servers that come with Muster. */
public final class Servers {
    private static final List<String> NEEDED = List.of("initdb", "pg_ctl", "postgres");

    private final List<Path> folders;
    private final Machine machine;

    /** Looks in these folders only; with none, every server is the one that comes with Muster. */
    public Servers(List<Path> folders) {
        this(folders, Machine.thisOne());
    }

    /** Looks in these folders of another machine. */
    public Servers(List<Path> folders, Machine machine) {
        this.folders = List.copyOf(folders);
        this.machine = machine;
    }

    /** Looks where PostgreSQL is customarily installed, and on the search path. */
    public static Servers ofThisMachine() {
        return new Servers(
                Installations.folders(Optional.ofNullable(System.getenv("PATH")).orElse("")));
    }

    /** What a scratch would get for this major version. */
    public ServerChoice choose(int major) {
        return installed(major).<ServerChoice>map(choice -> choice).orElseGet(() -> included(major));
    }

    /** The folder with the server programs of this major version, unpacked below the cache folder when need be. */
    public Path programs(int major, Path cache) {
        ServerChoice choice = choose(major);
        if (choice instanceof ServerChoice.Installed installed) {
            return installed.programs();
        }
        choice.problem().ifPresent(problem -> {
            throw new CouldNotRun(problem);
        });
        return new IncludedServer(major).unpackedBelow(cache).resolve("bin");
    }

    /** Every installed client program of this name, newest first. */
    public List<ClientProgram> clients(String program) {
        record Found(Path path, ServerVersion version) {}
        return folders.stream()
                .map(folder -> folder.resolve(program))
                .flatMap(path -> ServerVersion.of(path, machine).map(version -> new Found(path, version)).stream())
                .sorted(Comparator.comparing(Found::version).reversed())
                .map(found -> new ClientProgram(
                        found.path(), found.version().major(), found.version().text()))
                .toList();
    }

    private Optional<ServerChoice.Installed> installed(int major) {
        return installed().filter(server -> server.major() == major).findFirst();
    }

    /** Every server that is installed with all the programs that it takes to make and run one. */
    public Stream<ServerChoice.Installed> installed() {
        return folders.stream()
                .filter(folder -> NEEDED.stream().map(folder::resolve).allMatch(machine::has))
                .flatMap(folder -> ServerVersion.of(folder.resolve("postgres"), machine)
                        .map(version -> new ServerChoice.Installed(folder, version.major(), version.text()))
                        .stream());
    }

    private static ServerChoice included(int major) {
        if (new IncludedServer(major).exists()) {
            return new ServerChoice.Included(major);
        }
        String others = String.join(
                ", ",
                Stream.iterate(10, candidate -> candidate + 1)
                        .limit(30)
                        .filter(candidate -> new IncludedServer(candidate).exists())
                        .map(String::valueOf)
                        .toList());
        return new ServerChoice.Missing(new Problem(
                "There is no PostgreSQL " + major + " server on this machine, and none comes with Muster",
                IncludedServer.machine(),
                "Install one, for example with `apt install postgresql-" + major + "`"
                        + (others.isEmpty()
                                ? "."
                                : ", or ask for one that comes with Muster (" + others
                                        + ") with `postgres:` under `scratch:` in the runbook.")));
    }
}
