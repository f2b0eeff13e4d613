package dev.muster.scratch;

import dev.muster.drill.TeardownReceipt;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * The disposable place that one drill restores into: a folder for data, a way to run programs there, a database, and
 * removal. Restore and check code knows no other place.
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

    /** Starts the PostgreSQL server of this major version, once per scratch, with an empty database of this name. */
    Database startDatabase(int major, String name) throws InterruptedException;

    /** Keeps the scratch open after this process has ended, until the instant given. */
    void keepUntil(Instant end);

    /** How a person reaches what runs here, as commands to copy. */
    String reach();

    /** Ends every process, deletes every file, and says what could not be removed. May be called again. */
    TeardownReceipt remove();
}
