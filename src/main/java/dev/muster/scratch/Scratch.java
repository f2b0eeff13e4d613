package dev.muster.scratch;

import dev.muster.drill.Endpoint;
import dev.muster.drill.Problem;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The disposable place that one drill restores into, from within: a folder for data, a way to run programs there and a
 * database. Restore and check code knows no other place.
 */
public interface Scratch {

    String id();

    /** A folder of this name in the scratch, made when it is not there; programs run in the scratch may write it. */
    Path folder(String name);

    /** Lets programs that run in the scratch read and write what Muster wrote at this path, everything below included. */
    void handOver(Path path);

    /** How many more bytes may be put here: the quota's rest or the disk's, whichever is less. */
    long room();

    /**
     * The newest installed PostgreSQL client program of this name (say {@code pg_restore}) whose major version is at
     * least the one given.
     */
    Optional<Path> client(String program, int atLeast);

    /**
     * Runs a program to its end with the scratch as its working folder and without Muster's rights or environment.
     * Exit codes are values. An interrupt ends the program and everything it has started.
     */
    Finished run(Program program) throws InterruptedException;

    /** Starts a program as {@link #run} does, and leaves it running until it is stopped or the scratch is removed. */
    Running start(Program program);

    /** A port of the scratch's own loopback address that nothing listens on. */
    int freePort();

    /** Where on this machine the given port of the scratch's own loopback address is reached while the scratch is there. */
    InetSocketAddress reach(int port);

    /** How many processors programs here have. */
    int processors();

    /** Where these classes of Muster's own, which may need nothing but Java and each other, are found by a Java here. */
    Path classes(List<Class<?>> types);

    /**
     * The nearest place outside of this, which nothing here may reach; empty where that is this machine's own loopback
     * address.
     */
    Optional<Endpoint> nextDoor();

    /** How programs here are kept from reaching out, or why they are not, for the report. */
    String network();

    /** Why programs here could reach out; empty when they cannot, and only then may an application be started. */
    Optional<Problem> exposed();

    /** Starts the PostgreSQL server of this major version, once per scratch, with an empty database of this name. */
    Database startDatabase(int major, String name) throws InterruptedException;

    /** The folder for the files of a server that was copied whole, before it is recovered. */
    Path serverFolder();

    /**
     * Starts a server of this major version on the files in the server's folder, lets it recover, and stops it. Of the
     * settings that came with the files none is kept, so that it reaches nothing and nobody reaches it.
     *
     * @param settings how it recovers
     * @param onLine told of each line of the server's log
     * @return whether it came to the end of its recovery
     */
    boolean recover(int major, Map<String, String> settings, Consumer<String> onLine) throws InterruptedException;

    /** Starts the recovered server in the server's folder and opens its largest database, once per scratch. */
    Database startRecovered(int major) throws InterruptedException;
}
