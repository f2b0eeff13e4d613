package dev.muster.orchestrator;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Endpoint;
import dev.muster.drill.Problem;
import dev.muster.orchestrator.fault.Tree;
import dev.muster.scratch.Database;
import dev.muster.scratch.Finished;
import dev.muster.scratch.Program;
import dev.muster.scratch.Running;
import dev.muster.scratch.Scratch;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** A part of a scratch with folders and a database of its own, in which something is restored once more. */
final class ScratchCorner implements Scratch {
    private final Scratch whole;
    private final AsRestored kept;
    private final String name;
    private final Set<String> folders = new TreeSet<>();

    ScratchCorner(Scratch whole, AsRestored kept, String name) {
        this.whole = whole;
        this.kept = kept;
        this.name = name;
    }

    @Override
    public String id() {
        return whole.id();
    }

    @Override
    public synchronized Path folder(String of) {
        folders.add(name + "-" + of);
        return whole.folder(name + "-" + of);
    }

    @Override
    public void handOver(Path path) {
        whole.handOver(path);
    }

    @Override
    public long room() {
        return whole.room();
    }

    @Override
    public Optional<Path> client(String program, int atLeast) {
        return whole.client(program, atLeast);
    }

    @Override
    public Finished run(Program program) throws InterruptedException {
        return whole.run(program);
    }

    @Override
    public Running start(Program program) {
        return whole.start(program);
    }

    @Override
    public int freePort() {
        return whole.freePort();
    }

    @Override
    public InetSocketAddress reach(int port) {
        return whole.reach(port);
    }

    @Override
    public int processors() {
        return whole.processors();
    }

    @Override
    public Path classes(List<Class<?>> types) {
        return whole.classes(types);
    }

    @Override
    public Optional<Endpoint> nextDoor() {
        return whole.nextDoor();
    }

    @Override
    public String network() {
        return whole.network();
    }

    @Override
    public Optional<Problem> exposed() {
        return whole.exposed();
    }

    /** A new database of the server that runs already, whatever it is called. */
    @Override
    public Database startDatabase(int major, String called) {
        Database server = kept.restored().orElseThrow(() -> notHere("a server of its own"));
        try {
            AsRestored.command(server, "create database " + AsRestored.quoted(name) + " template template0");
        } catch (SQLException refused) {
            throw new CouldNotRun(
                    new Problem(
                            "The server did not make the database " + name + ": " + refused.getMessage(),
                            "scratch " + id(),
                            "Run the proof again; if this happens again, `muster doctor` looks at this machine."),
                    refused);
        }
        return server.named(name);
    }

    @Override
    public Path serverFolder() {
        throw notHere("a server's folder");
    }

    @Override
    public boolean recover(int major, Map<String, String> settings, Consumer<String> onLine) {
        throw notHere("a recovery");
    }

    @Override
    public Database startRecovered(int major) {
        throw notHere("a recovered server");
    }

    /** Deletes what was put here; what cannot be deleted goes with the scratch. */
    synchronized void clear() throws IOException, SQLException {
        kept.drop(name);
        for (String folder : folders) {
            Tree.delete(whole.folder(folder));
        }
    }

    private IllegalStateException notHere(String what) {
        return new IllegalStateException("a part of a scratch has not " + what);
    }
}
