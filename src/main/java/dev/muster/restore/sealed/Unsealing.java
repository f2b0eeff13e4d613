package dev.muster.restore.sealed;

import dev.muster.backup.format.Seal;
import dev.muster.drill.BadBackup;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.drill.Secret;
import dev.muster.restore.work.Job;
import dev.muster.restore.work.Room;
import dev.muster.scratch.Finished;
import dev.muster.scratch.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Puts the plain bytes of a fetched backup in the place of the encrypted ones. */
public final class Unsealing {
    /** A program that a signal ended has an exit code beyond this one. */
    private static final int SIGNALLED = 128;

    private final Job job;
    private final Secret key;
    private final Path folder;
    private final Path plain;
    private final Room room;

    private Unsealing(Job job, Secret key) {
        this.job = job;
        this.key = key;
        this.folder = job.scratch().folder("unsealing-" + job.backup().asset().label());
        this.plain = folder.resolve("plain");
        this.room = new Room(job);
    }

    /**
     * Decrypts what was fetched, where it is encrypted at all.
     *
     * @param key what opens it
     * @return the program that it was encrypted with
     */
    public static Optional<Seal> open(Job job, Supplier<Optional<Secret>> key) throws BadBackup, InterruptedException {
        try {
            Optional<Seal> seal = Seal.of(job.file());
            if (seal.isPresent()) {
                Secret secret = key.get()
                        .orElseThrow(() -> job.cannot(
                                "The backup is encrypted with " + seal.get().label() + ", and the runbook has no key",
                                "Set backups." + job.backup().asset().label()
                                        + ".key in the runbook to the reference of the secret that opens it."));
                new Unsealing(job, secret).open(seal.get());
            }
            return seal;
        } catch (IOException e) {
            throw new Room(job).failed(e);
        }
    }

    private void open(Seal seal) throws IOException, BadBackup, InterruptedException {
        job.progress().says("decrypting " + job.backup().asset().label() + " with " + seal.label());
        Opener opener = opener(seal);
        demand(opener);
        try {
            opener.open(this);
            Files.move(plain, job.file(), StandardCopyOption.REPLACE_EXISTING);
            job.scratch().handOver(job.file());
        } finally {
            // By the scratch's own user, who alone has written here.
            job.scratch().run(new Program(List.of("rm", "-rf", folder.toString()), Map.of(), line -> {}));
        }
    }

    private static Opener opener(Seal seal) {
        return switch (seal) {
            case AGE -> new Age();
            case GPG -> new Gnupg();
            case OPENSSL -> new Openssl();
        };
    }

    private void demand(Opener opener) throws InterruptedException {
        try {
            run(opener.version(), Map.of());
        } catch (CouldNotRun missing) {
            throw new CouldNotRun(
                    new Problem(
                            "The backup is encrypted, and the program that opens it is not installed: "
                                    + opener.version().get(0),
                            job.address(),
                            "Install it, for example with `apt install " + opener.debianPackage()
                                    + "`; `muster doctor` tells beforehand."),
                    missing);
        }
    }

    Job job() {
        return job;
    }

    Secret key() {
        return key;
    }

    /** Where the plain bytes go. */
    Path plain() {
        return plain;
    }

    /** A folder that is gone when the backup is open. */
    Path folder() {
        return folder;
    }

    /** The secret in a file that only the scratch's user can read. */
    Path keyFile() throws IOException {
        Path file = folder.resolve("key");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        // A line that does not end is no line to some programs.
        Files.writeString(file, key.reveal() + "\n", StandardCharsets.UTF_8, StandardOpenOption.WRITE);
        job.scratch().handOver(file);
        return file;
    }

    /** Runs the program that writes the plain bytes. What it may write is bounded, as an archive may hold a bomb. */
    Finished decrypt(List<String> command) throws IOException, BadBackup, InterruptedException {
        List<String> bounded = new ArrayList<>(List.of("prlimit", "--fsize=" + room.most(), "--"));
        bounded.addAll(command);
        Finished finished = run(bounded, Map.of());
        if (!finished.succeeded()) {
            if (Files.exists(plain) && Files.size(plain) >= room.most()) {
                room.overflowed();
            }
            if (finished.exit() > SIGNALLED) {
                throw job.cannot(
                        command.get(0) + " was killed (exit code " + finished.exit() + ")",
                        "Look for the reason in the system's log (out of memory is the usual one), then run the drill"
                                + " again.");
            }
        }
        return finished;
    }

    Finished run(List<String> command, Map<String, String> environment) throws InterruptedException {
        return job.scratch().run(new Program(command, environment, line -> {}, Program.Where.MUSTER));
    }

    /** The key is not the one. */
    CouldNotRun wrongKey(String said) {
        return job.cannot(
                "The key does not open the backup: " + said,
                "Put the right one into the secret that backups."
                        + job.backup()
                                .source()
                                .within()
                                .orElse(job.backup().asset())
                                .label()
                        + ".key names in the runbook. Nothing is known about the backup itself.");
    }
}
