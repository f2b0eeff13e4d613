package dev.muster.scratch;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Endpoint;
import dev.muster.drill.Problem;
import dev.muster.drill.ScratchPlan;
import dev.muster.scratch.neighbour.Neighbour;
import dev.muster.scratch.postgres.ClientProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A scratch where this process is: a folder that only one user can enter, and the hands that work in it. */
final class LocalScratch implements Scratch {
    private static final long RESERVE_BYTES = 256L * 1024 * 1024;
    private static final String DATA = "data";
    private static final String PROGRAMS = "programs";
    private static final String TEMPORARY = "temporary";

    private final String id;
    private final Path place;
    private final ScratchPlan plan;
    private final Hands hands;
    private final Consumer<String> reached;
    private Optional<LocalDatabase> database = Optional.empty();
    private Optional<Passage> passage = Optional.empty();

    /** @param reached told how a person reaches what runs here, whenever that has changed */
    LocalScratch(String id, Path place, ScratchPlan plan, Hands hands, Consumer<String> reached) {
        this.id = id;
        this.place = place;
        this.plan = plan;
        this.hands = hands;
        this.reached = reached;
    }

    Hands hands() {
        return hands;
    }

    /** Makes it a folder that nobody else can enter. */
    void makePlace() throws IOException {
        Files.createDirectory(
                place, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        hands.account().own(place);
    }

    void makeFolders() {
        ownFolder(DATA);
        ownFolder(TEMPORARY);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Path folder(String name) {
        if (name.isEmpty() || name.startsWith(".") || name.contains("/") || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("not a folder's name: " + name);
        }
        return ownFolder(DATA + "/" + name);
    }

    /** A folder in the scratch that only the scratch's user can enter. */
    private Path ownFolder(String name) {
        return owned(place.resolve(name));
    }

    /** Where socket files lie; they are reached from outside the scratch's network. */
    Path socketFolder() {
        return owned(SocketFolder.of(place));
    }

    private Path owned(Path folder) {
        try {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            hands.account().own(folder);
        } catch (FileAlreadyExistsException made) {
            return folder;
        } catch (IOException failed) {
            throw new CouldNotRun(
                    new Problem(
                            "A folder could not be made in the scratch: " + failed,
                            folder.toString(),
                            "Make room on that disk, or set scratch.folder to a folder on another one."),
                    failed);
        }
        return folder;
    }

    @Override
    public void handOver(Path path) {
        new Handover(place, hands.account()).of(path);
    }

    @Override
    public long room() {
        try {
            long disk = Files.getFileStore(place).getUsableSpace() - RESERVE_BYTES;
            long quota = plan.disk().isPresent() ? plan.disk().getAsLong() - held() : Long.MAX_VALUE;
            return Math.max(0, Math.min(disk, quota));
        } catch (IOException failed) {
            throw new CouldNotRun(
                    new Problem(
                            "The room left in the scratch cannot be measured: " + failed,
                            place.toString(),
                            "See whether that folder and its disk are still there, and run the drill again."),
                    failed);
        }
    }

    /** Of the drill's own; what containers say to each other is none of it. */
    private long held() {
        return new Tree(place).bytes() - new Tree(place.resolve(Neighbour.FOLDER)).bytes();
    }

    @Override
    public Optional<Path> client(String program, int atLeast) {
        return hands.clients(program).stream()
                .filter(client -> client.major() >= atLeast)
                .map(ClientProgram::path)
                .findFirst();
    }

    @Override
    public Finished run(Program program) throws InterruptedException {
        return execution(program).finish();
    }

    @Override
    public Running start(Program program) {
        return execution(program);
    }

    private Execution execution(Program program) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "LC_ALL",
                "C",
                "TZ",
                "UTC",
                "HOME",
                place.toString(),
                "TMPDIR",
                place.resolve(TEMPORARY).toString()));
        environment.putAll(program.environment());
        Processes.mark(environment, place);
        return Execution.of(hands.start(program, place, environment), program.onLine());
    }

    @Override
    public int freePort() {
        try {
            return LocalServer.freePort();
        } catch (IOException failed) {
            throw new CouldNotRun(
                    new Problem(
                            "This machine has no free port: " + failed.getMessage(),
                            LocalDatabase.HOST,
                            "See with `ss -s` what holds so many, and run the drill again."),
                    failed);
        }
    }

    @Override
    public synchronized InetSocketAddress reach(int port) {
        if (!hands.network().apart()) {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        }
        if (passage.isEmpty()) {
            passage = Optional.of(Passage.into(this, socketFolder()));
        }
        return passage.get().to(port);
    }

    @Override
    public int processors() {
        return hands.processors();
    }

    @Override
    public Path classes(List<Class<?>> types) {
        Optional<Path> muster = hands.muster();
        if (muster.isPresent()) {
            return muster.get();
        }
        Path copies = folder(PROGRAMS);
        ClassCopies.make(types, copies);
        handOver(copies);
        return copies;
    }

    @Override
    public Optional<Endpoint> nextDoor() {
        return hands.network().nextDoor();
    }

    @Override
    public String network() {
        return hands.network().description();
    }

    @Override
    public Optional<Problem> exposed() {
        return hands.network().exposed();
    }

    @Override
    public synchronized Database startDatabase(int major, String name) throws InterruptedException {
        demandNoDatabase();
        return opened(server(major).start(name));
    }

    @Override
    public Path serverFolder() {
        return ownFolder(LocalDatabase.FOLDER);
    }

    @Override
    public boolean recover(int major, Map<String, String> settings, Consumer<String> onLine)
            throws InterruptedException {
        demandNoDatabase();
        return new LocalRecovery(this, server(major)).run(settings, onLine);
    }

    @Override
    public synchronized Database startRecovered(int major) throws InterruptedException {
        demandNoDatabase();
        return opened(server(major).startRecovered());
    }

    private LocalServer server(int major) {
        return new LocalServer(this, place, hands.server(major), major);
    }

    private void demandNoDatabase() {
        if (database.isPresent()) {
            throw new IllegalStateException("the scratch " + id + " has a database already");
        }
    }

    private Database opened(LocalDatabase started) {
        database = Optional.of(started);
        reached.accept(reach());
        return started;
    }

    /** How a person reaches what runs here, as commands to copy. */
    synchronized String reach() {
        String files = "ls -la " + Quoted.of(place.resolve(DATA).toString());
        return database.map(running -> running.reach() + "\n" + files).orElse(files);
    }

    /** Closes the ways in; what runs here goes on. */
    synchronized void close() {
        passage.ifPresent(Passage::close);
        hands.close();
    }
}
