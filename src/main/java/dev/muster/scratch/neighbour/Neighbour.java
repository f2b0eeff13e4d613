package dev.muster.scratch.neighbour;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Another container of the pod, in which a shell script runs the programs that it is asked for. Asking and answering go
 * through FIFOs in a folder that both share: nobody looks again and again, output takes no room, and nothing else than
 * the containers themselves has to be up.
 */
public final class Neighbour implements AutoCloseable {
    /** Where in the shared folder the neighbours have theirs, each under the name of its container. */
    public static final String FOLDER = ".neighbours";

    /** The script, as a resource: the container's main process. */
    public static final String SCRIPT = "/dev/muster/scratch/neighbour.sh";

    /** The exit code of what was killed. */
    public static final int KILLED = 137;

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final FileAttribute<Set<PosixFilePermission>> OWN_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWN_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final String name;
    private final Path home;
    private final Gift gift;
    private final Container container;
    private final RandomAccessFile requests;
    private final Map<Long, Errand> errands = new ConcurrentHashMap<>();
    private final AtomicLong last = new AtomicLong();
    private volatile Optional<Problem> gone = Optional.empty();

    private Neighbour(String name, Path home, Gift gift, Container container, RandomAccessFile requests) {
        this.name = name;
        this.home = home;
        this.gift = gift;
        this.container = container;
        this.requests = requests;
    }

    /** Gives a file that was made here to the user that the neighbour runs programs as. */
    public interface Gift {
        void of(Path path) throws IOException;
    }

    /** Waits until the neighbour is there. */
    public static Neighbour meet(String name, Path shared, Gift gift, Duration patience) throws InterruptedException {
        Path home = shared.resolve(FOLDER).resolve(name);
        Path ready = home.resolve("ready");
        long deadline = System.nanoTime() + patience.toNanos();
        while (!Files.exists(ready)) {
            if (System.nanoTime() - deadline > 0) {
                throw new CouldNotRun(new Problem(
                        "The container " + name + " was not ready within " + patience.toSeconds() + " seconds",
                        home.toString(),
                        "See with `kubectl describe pod` and `kubectl logs` what keeps it from starting; its image needs"
                                + " a POSIX shell and mkfifo, and its user must be able to write that folder."));
            }
            TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
        }
        try {
            Neighbour met = new Neighbour(
                    name,
                    home,
                    gift,
                    Container.read(Files.readAllLines(ready)),
                    new RandomAccessFile(home.resolve("requests").toFile(), "rw"));
            InputStream events = opened(home.resolve("events"));
            InputStream alive = opened(home.resolve("alive"));
            daemon("events of " + name, () -> met.hear(events));
            daemon("life of " + name, () -> met.watch(alive));
            return met;
        } catch (IOException failed) {
            throw new CouldNotRun(
                    new Problem(
                            "The container " + name + " cannot be talked to: " + failed,
                            home.toString(),
                            "See that the volume that the containers share keeps FIFOs (a local disk does), and run the"
                                    + " drill again."),
                    failed);
        }
    }

    /** What the neighbour says of its container. */
    public Container container() {
        return container;
    }

    public String name() {
        return name;
    }

    /** Why the neighbour runs nothing any more; empty as long as it does. */
    public Optional<Problem> gone() {
        return gone;
    }

    /** Asks for a program to be run. */
    public Errand ask(Script script) {
        long number = last.incrementAndGet();
        Path folder = home.resolve(String.valueOf(number));
        Errand errand = new Errand(this, number, folder);
        errands.put(number, errand);
        try {
            Files.createDirectory(folder, OWN_FOLDER);
            gift.of(folder);
            Path file = Files.createFile(folder.resolve("script"), OWN_FILE);
            Files.writeString(file, script.text());
            gift.of(file);
            ask("run " + number);
        } catch (IOException failed) {
            errands.remove(number);
            throw new CouldNotRun(
                    new Problem(
                            "The container " + name + " could not be asked to run a program: " + failed,
                            folder.toString(),
                            "Make the scratch larger with scratch.disk in the runbook if its volume is full, and run the"
                                    + " drill again."),
                    failed);
        }
        // Whoever is gone has lost what it was asked before that; what came later is lost here.
        gone.ifPresent(problem -> {
            throw new CouldNotRun(problem);
        });
        return errand;
    }

    /** Asks for something in a line. */
    void ask(String line) {
        try {
            synchronized (requests) {
                requests.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException closed) {
            throw new CouldNotRun(gone.orElseGet(this::ended), closed);
        }
    }

    private void hear(InputStream events) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(events, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                heard(line.split(" ", -1));
            }
        } catch (IOException broken) {
            lose();
        }
    }

    private void heard(String[] words) {
        // What runs in the container could write here as well: whatever is not understood is not heard.
        if (words.length < 2 || !words[1].matches("\\d{1,18}")) {
            return;
        }
        if (words[0].equals("leaving")) {
            // What is said of the programs after that is not what they came to by themselves.
            lose();
            return;
        }
        Optional<Errand> errand = Optional.ofNullable(errands.get(Long.valueOf(words[1])));
        if (words[0].equals("started")) {
            errand.ifPresent(Errand::started);
        } else if (words[0].equals("ended") && words.length == 3 && words[2].matches("\\d{1,3}")) {
            errands.remove(Long.valueOf(words[1]));
            errand.ifPresent(ended -> ended.ended(Integer.parseInt(words[2])));
        }
    }

    private void watch(InputStream alive) {
        try (alive) {
            int heard;
            do {
                heard = alive.read();
            } while (heard >= 0);
        } catch (IOException broken) {
            lose();
            return;
        }
        lose();
    }

    private void lose() {
        Problem problem = ended();
        gone = Optional.of(problem);
        errands.values().forEach(errand -> errand.lost(new CouldNotRun(problem)));
    }

    private Problem ended() {
        return new Problem(
                "The container " + name + " has ended in the middle of the work",
                "container " + name + " of the pod",
                "See why with `kubectl describe pod`: if it says OOMKilled, give the container more memory with"
                        + " scratch.kubernetes.memory in the runbook; if it says Evicted, choose a larger volume with"
                        + " scratch.disk, or another node.");
    }

    /** A FIFO for reading, without waiting until somebody has it open for writing. */
    private static InputStream opened(Path fifo) throws IOException {
        RandomAccessFile both = new RandomAccessFile(fifo.toFile(), "rw");
        try {
            return new FileInputStream(fifo.toFile());
        } finally {
            both.close();
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            synchronized (requests) {
                requests.close();
            }
        } catch (IOException alreadyClosed) {
            return;
        }
    }
}
