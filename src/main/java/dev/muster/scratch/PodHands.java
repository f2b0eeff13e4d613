package dev.muster.scratch;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.scratch.neighbour.Container;
import dev.muster.scratch.postgres.ClientProgram;
import dev.muster.scratch.postgres.ServerChoice;
import dev.muster.scratch.postgres.Servers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The containers of a pod: the database's, perhaps one of an application, and the one that Muster itself is in. Whatever
 * the wished one has not, another may have.
 */
final class PodHands implements Hands {
    private static final long SHARED_ENOUGH = 128L * 1024 * 1024;

    private final NeighbourMachine database;
    private final Optional<NeighbourMachine> application;
    private final LocalHands own;
    private final Network network;
    private final Servers servers;

    PodHands(NeighbourMachine database, Optional<NeighbourMachine> application, LocalHands own, Network network) {
        this.database = database;
        this.application = application;
        this.own = own;
        this.network = network;
        this.servers = new Servers(container().postgres(), database);
    }

    @Override
    public Work start(Program program, Path folder, Map<String, String> environment) {
        String first = program.command().get(0);
        return switch (program.where()) {
            case MUSTER -> own.start(program, folder, environment);
            case DATABASE ->
                database.has(first) || !own.has(first)
                        ? at(database, program, folder, environment)
                        : own.start(program, folder, environment);
            case APPLICATION ->
                application.isPresent()
                        ? at(application.get(), program, folder, environment)
                        : own.start(program, folder, environment);
        };
    }

    private static Work at(NeighbourMachine machine, Program program, Path folder, Map<String, String> environment) {
        String first = program.command().get(0);
        if (!machine.has(first)) {
            String container = machine.neighbour().name();
            throw new CouldNotRun(new Problem(
                    "There is no program " + first + " in the container " + container,
                    first.contains("/")
                            ? first
                            : machine.neighbour().container().path(),
                    "Use an image that has it, or name it with its whole path."));
        }
        return machine.start(program, folder, environment);
    }

    @Override
    public Path server(int major) {
        List<ServerChoice.Installed> there = servers.installed().toList();
        return there.stream()
                .filter(server -> server.major() == major)
                .map(ServerChoice.Installed::programs)
                .findFirst()
                .orElseThrow(() -> new CouldNotRun(missing(major, there)));
    }

    private Problem missing(int major, List<ServerChoice.Installed> there) {
        String found = there.stream().map(ServerChoice.Installed::version).collect(Collectors.joining(", "));
        return new Problem(
                "The image of the container " + database.neighbour().name() + " has no PostgreSQL " + major
                        + " with initdb,"
                        + " pg_ctl and postgres; "
                        + (found.isEmpty() ? "it has none at all" : "what it has is PostgreSQL " + found),
                database.neighbour().container().path(),
                "Name an image of that major version with scratch.kubernetes.image in the runbook or kubernetes.images in"
                        + " the settings"
                        + (found.isEmpty() ? "." : ", or ask for the one that it has with scratch.postgres."));
    }

    @Override
    public List<ClientProgram> clients(String program) {
        return servers.clients(program);
    }

    @Override
    public Account account() {
        return own.account();
    }

    @Override
    public Network network() {
        return network;
    }

    /** Copies in the volume could be changed by whatever runs beside the database. */
    @Override
    public Optional<Path> muster() {
        Path own = Path.of(System.getProperty("java.class.path", ""));
        return Files.isRegularFile(own) && !account().assumed() ? Optional.of(own) : Optional.empty();
    }

    @Override
    public int processors() {
        return container().processors().orElseGet(own::processors);
    }

    @Override
    public Map<String, String> tuning() {
        return container().memory().isPresent()
                ? Tuning.forMemory(container().memory().getAsLong())
                : own.tuning();
    }

    /** The pod's is gone with the pod, and faster than files; but some pods have next to none. */
    @Override
    public String sharedMemory() {
        return container().sharedMemory().orElse(0) >= SHARED_ENOUGH ? "posix" : "mmap";
    }

    private Container container() {
        return database.neighbour().container();
    }

    @Override
    public void close() {
        network.close();
        database.neighbour().close();
        application.ifPresent(one -> one.neighbour().close());
    }
}
