package dev.muster.scratch;

import dev.muster.scratch.postgres.ClientProgram;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Those who do the work in a scratch: they know which programs there are, run them, and own what these write. */
interface Hands extends AutoCloseable {

    /**
     * Starts a program with this working folder and environment, its own included.
     *
     * @throws dev.muster.drill.CouldNotRun when there is no such program
     */
    Work start(Program program, Path folder, Map<String, String> environment);

    /** The folder with the server programs of this major version. */
    Path server(int major);

    /** Every PostgreSQL client program of this name, newest first. */
    List<ClientProgram> clients(String program);

    /** Who owns the files. */
    Account account();

    /** What the programs can reach. */
    Network network();

    /** Muster's own classes where the programs can read them but none can change them; empty where they cannot. */
    Optional<Path> muster();

    /** How many processors the programs have. */
    int processors();

    /** The settings that a server has here and would not have in production. */
    Map<String, String> tuning();

    /** Where a server's processes share memory, as its setting dynamic_shared_memory_type says it. */
    String sharedMemory();

    @Override
    void close();
}
