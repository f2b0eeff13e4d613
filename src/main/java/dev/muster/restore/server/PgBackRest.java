package dev.muster.restore.server;

import dev.muster.backup.Vaults;
import dev.muster.backup.log.LogRange;
import dev.muster.backup.log.LogSeal;
import dev.muster.backup.pgbackrest.BadInfo;
import dev.muster.backup.pgbackrest.FetchedRepository;
import dev.muster.backup.pgbackrest.Manifest;
import dev.muster.drill.BadBackup;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Secret;
import dev.muster.drill.StoredObject;
import dev.muster.restore.work.Job;
import dev.muster.restore.work.Notes;
import dev.muster.restore.work.Room;
import dev.muster.scratch.Finished;
import dev.muster.scratch.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A backup of pgBackRest, restored by pgBackRest itself from the part of its repository that was fetched. */
public final class PgBackRest implements ServerCopy {
    private static final String PROGRAM = "pgbackrest";
    /** Exit codes beyond this are signals. */
    private static final int SIGNALLED = 128;

    private final Job job;
    private final Notes notes;
    private final Optional<Secret> key;
    private final FetchedRepository repository;
    private final ServerFolder folder;
    private LogSeal seal = LogSeal.NONE;

    public PgBackRest(Job job, Notes notes, Vaults vaults) {
        this.job = job;
        this.notes = notes;
        this.key = vaults.key(job.backup().source());
        this.repository = new FetchedRepository(job.backup(), job.folder(), key);
        this.folder = new ServerFolder(job, notes);
    }

    @Override
    public LogRange restore() throws IOException, BadBackup, InterruptedException {
        demandProgram();
        try {
            LogRange log = repository.log();
            seal = repository.logSeal();
            notes.fact("log of the backup", log.start() + " to " + log.end());
            Manifest manifest = repository.manifest();
            folder.demandVersion(manifest.version());
            new Room(job).expect(manifest.bytes(), job.backup().bytes());
            new StretchCheck(job, repository).demandSame(manifest, notes);
            run(manifest);
            forgetRepository();
            return log;
        } catch (BadInfo e) {
            throw job.bad("The backup's " + Manifest.NAME + " or the stanza's backup.info " + e.what());
        }
    }

    @Override
    public LogSeal logSeal() {
        return seal;
    }

    private void demandProgram() throws InterruptedException {
        StringBuilder said = new StringBuilder();
        try {
            job.scratch().run(new Program(List.of(PROGRAM, "version"), Map.of(), said::append));
        } catch (CouldNotRun missing) {
            throw job.cannot(
                    "Only pgBackRest can restore its backups. "
                            + missing.problem().what(),
                    "Install it with `apt install pgbackrest`, in Kubernetes in the image of the database, then run the"
                            + " drill again.");
        }
        notes.fact("restored by", said);
    }

    private void run(Manifest manifest) throws IOException, BadBackup, InterruptedException {
        PgBackRestOutput output = new PgBackRestOutput(job, manifest.files().size());
        Finished finished = job.scratch()
                .run(new Program(
                        List.of(
                                PROGRAM,
                                "--config=" + configuration(manifest),
                                "--stanza=" + job.backup().source().stanza().orElseThrow(),
                                "--set=" + repository.label(),
                                "--type=none",
                                "--archive-mode=off",
                                "restore"),
                        Map.of(),
                        output));
        output.total().ifPresent(total -> notes.observe("restored by the program", total));
        if (finished.exit() > SIGNALLED) {
            throw job.cannot(
                    "pgBackRest was killed (exit code " + finished.exit() + ")",
                    "Look for the reason in the system's log (out of memory is the usual one), then run the drill again.");
        }
        if (!finished.succeeded()) {
            String error = output.error().orElse("exit code " + finished.exit());
            if (output.backupAtFault()) {
                throw job.bad("pgBackRest cannot restore the backup: " + error);
            }
            throw job.cannot(
                    "pgBackRest stopped: " + error,
                    "Look after this machine's memory, disk and rights, and whether its pgBackRest is as new as the"
                            + " server's; then run the drill again.");
        }
        if (!Files.isRegularFile(folder.data().resolve("backup_label"))) {
            throw job.bad("The backup holds no backup_label, without which nobody knows where its log begins");
        }
    }

    /** A file and not arguments: it holds the pass phrase. */
    private Path configuration(Manifest manifest) throws IOException {
        Path work = job.scratch().folder(PROGRAM);
        List<String> lines = new ArrayList<>(List.of(
                "[global]",
                "repo1-path=" + job.folder(),
                "log-path=" + work.resolve("log"),
                "lock-path=" + work.resolve("lock"),
                "spool-path=" + work.resolve("spool"),
                "log-level-file=off",
                "log-level-console=detail",
                // A local file does not change by itself.
                "job-retry=0",
                "process-max=" + job.scratch().processors()));
        key.ifPresent(secret ->
                lines.addAll(List.of("repo1-cipher-type=aes-256-cbc", "repo1-cipher-pass=" + secret.reveal())));
        for (String number : manifest.tablespaces().stream().sorted().toList()) {
            lines.add("tablespace-map=" + number + "=" + job.scratch().folder("tablespace-" + number));
        }
        lines.addAll(List.of("[" + job.backup().source().stanza().orElseThrow() + "]", "pg1-path=" + folder.data()));
        Path file = work.resolve("pgbackrest.conf");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, String.join("\n", lines) + "\n");
        job.scratch().handOver(file);
        return file;
    }

    /** What is restored takes its room. */
    private void forgetRepository() throws IOException {
        for (StoredObject part : job.backup().parts()) {
            Files.deleteIfExists(job.of(part).file());
        }
        Files.deleteIfExists(job.scratch().folder(PROGRAM).resolve("pgbackrest.conf"));
    }
}
