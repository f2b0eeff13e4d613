package dev.muster.scratch;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.drill.ScratchPlan;
import dev.muster.drill.TeardownReceipt;
import dev.muster.scratch.postgres.ClientProgram;
import dev.muster.scratch.postgres.Servers;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A scratch on this machine: a folder that only one user can enter, and processes of that user in a network of theirs. */
final class LocalScratch implements Scratch {
    private static final long RESERVE_BYTES = 256L * 1024 * 1024;
    private static final String DATA = "data";
    private static final String TEMPORARY = "temporary";
    private static final String SEARCH_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final String id;
    private final Path place;
    private final ScratchPlan plan;
    private final Account account;
    private final Network network;
    private final Servers servers;
    private final Path serverCache;
    private final Markers markers;
    private final Removal removal;
    private Optional<LocalDatabase> database = Optional.empty();
    private Optional<Passage> passage = Optional.empty();

    LocalScratch(
            String id,
            Path place,
            ScratchPlan plan,
            Account account,
            Network network,
            Servers servers,
            Path serverCache,
            Markers markers,
            Removal removal) {
        this.id = id;
        this.place = place;
        this.plan = plan;
        this.account = account;
        this.network = network;
        this.servers = servers;
        this.serverCache = serverCache;
        this.markers = markers;
        this.removal = removal;
    }

    void makeFolders() throws IOException {
        Files.createDirectory(
                place, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        account.own(place);
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
            account.own(folder);
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
        new Handover(place, account).of(path);
    }

    @Override
    public long room() {
        try {
            long disk = Files.getFileStore(place).getUsableSpace() - RESERVE_BYTES;
            long quota = plan.disk().isPresent() ? plan.disk().getAsLong() - new Tree(place).bytes() : Long.MAX_VALUE;
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

    @Override
    public Optional<Path> client(String program, int atLeast) {
        return servers.clients(program).stream()
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
        String first = program.command().get(0);
        if (!executable(first)) {
            throw new CouldNotRun(new Problem(
                    "There is no program " + first + " on this machine",
                    first.contains("/") ? first : SEARCH_PATH,
                    "Install it, or name it with its whole path; where an application lies is said by `programs` in"
                            + " the settings."));
        }
        ProcessBuilder builder = new ProcessBuilder(network.enter(account.enter(program.command())))
                .directory(place.toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"));
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("PATH", SEARCH_PATH);
        environment.put("LC_ALL", "C");
        environment.put("TZ", "UTC");
        environment.put("HOME", place.toString());
        environment.put("TMPDIR", place.resolve(TEMPORARY).toString());
        environment.putAll(program.environment());
        Processes.mark(environment, place);
        return Execution.start(builder, program.onLine());
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
        if (network.exposed().isPresent()) {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        }
        if (passage.isEmpty()) {
            passage = Optional.of(Passage.into(this, socketFolder()));
        }
        return passage.get().to(port);
    }

    @Override
    public String network() {
        return network.description();
    }

    @Override
    public Optional<Problem> exposed() {
        return network.exposed();
    }

    private static boolean executable(String program) {
        if (program.contains("/")) {
            return Files.isExecutable(Path.of(program));
        }
        for (String folder : SEARCH_PATH.split(":", -1)) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
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
        return new LocalServer(this, place, servers.programs(major, serverCache), major);
    }

    private void demandNoDatabase() {
        if (database.isPresent()) {
            throw new IllegalStateException("the scratch " + id + " has a database already");
        }
    }

    private Database opened(LocalDatabase started) {
        database = Optional.of(started);
        markers.change(id, marker -> marker.reachedBy(reach()));
        return started;
    }

    @Override
    public void keepUntil(Instant end) {
        markers.change(id, marker -> marker.keptUntil(end));
    }

    @Override
    public synchronized String reach() {
        String files = "ls -la " + Quoted.of(place.resolve(DATA).toString());
        return database.map(running -> running.reach() + "\n" + files).orElse(files);
    }

    @Override
    public synchronized TeardownReceipt remove() {
        passage.ifPresent(Passage::close);
        network.close();
        return removal.remove(id, place);
    }
}
