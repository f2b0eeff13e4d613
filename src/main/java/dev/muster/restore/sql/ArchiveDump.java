package dev.muster.restore.sql;

import dev.muster.backup.format.ArchiveHeader;
import dev.muster.backup.format.Compression;
import dev.muster.backup.format.DumpHeader;
import dev.muster.drill.BadBackup;
import dev.muster.drill.Progress;
import dev.muster.restore.files.TarFile;
import dev.muster.restore.work.Job;
import dev.muster.restore.work.Notes;
import dev.muster.restore.work.PackedStream;
import dev.muster.restore.work.Room;
import dev.muster.scratch.Database;
import dev.muster.scratch.Finished;
import dev.muster.scratch.Program;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A dump as an archive, in one file or as a directory, restored by pg_restore over several connections. */
final class ArchiveDump {
    private static final int MOST_JOBS = 8;
    private static final int DEEPEST_CONTENTS = 2;
    private static final String CONTENTS = "toc.dat";
    private static final int HEAD = 1 << 16;
    private static final Pattern VERSION = Pattern.compile("\\) ([0-9]+)");
    /** Exit codes beyond this are signals. */
    private static final int SIGNALLED = 128;
    /** The signals that a program brings upon itself: abort, bus error, arithmetic error, segmentation violation. */
    private static final Set<Integer> CRASHES = Set.of(SIGNALLED + 6, SIGNALLED + 7, SIGNALLED + 8, SIGNALLED + 11);

    private final Job job;
    private final Notes notes;
    private final Path archive;
    private final Path program;

    private ArchiveDump(Job job, Notes notes, Path archive, Path program) {
        this.job = job;
        this.notes = notes;
        this.archive = archive;
        this.program = program;
    }

    static void restore(Job job, Notes notes, DumpHeader dump)
            throws IOException, SQLException, BadBackup, InterruptedException {
        Path archive = job.file();
        byte[] head;
        if (dump.kind() == DumpHeader.Kind.DIRECTORY) {
            Path folder = folderOfContents(
                    TarFile.unpack(job, job.scratch().folder("dump")).root(), job);
            head = head(folder.resolve(CONTENTS));
            archive = folder;
        } else {
            archive = unpacked(job, dump);
            head = head(archive);
        }
        ArchiveHeader header = ArchiveHeader.read(head)
                .orElseThrow(() -> job.bad("The dump's table of contents has no readable header"));
        Dump.admit(job, notes, header);
        Path program = job.scratch()
                .client("pg_restore", header.dumperMajor())
                .orElseThrow(() -> job.cannot(
                        "No pg_restore of version " + header.dumperMajor()
                                + " or newer is installed, and older ones refuse what pg_dump "
                                + header.dumperMajor() + " wrote",
                        "Install it (apt install postgresql-client-" + header.dumperMajor()
                                + "), or let the backup job write plain SQL, which needs no client program."));
        Optional<String> odd =
                ArchiveContents.fault(dump.kind() == DumpHeader.Kind.DIRECTORY ? archive.resolve(CONTENTS) : archive);
        if (odd.isPresent()) {
            throw job.bad("The dump's list of contents is damaged: " + odd.get());
        }
        job.scratch().handOver(archive);
        new ArchiveDump(job, notes, archive, program).restore(header.database());
        notes.proves(Dump.proven(job, dump.started(job.backup().source().zone())));
    }

    private void restore(String name) throws SQLException, BadBackup, InterruptedException {
        long items = items();
        notes.observe("items", items);
        decode(items);
        Database database = Dump.start(job, notes, name);
        load(database, items);
        Dump.count(notes, database);
    }

    private long items() throws BadBackup, InterruptedException {
        AtomicLong items = new AtomicLong();
        PgRestoreOutput output = new PgRestoreOutput(line -> {
            if (!line.startsWith(";") && !line.isBlank()) {
                items.incrementAndGet();
            }
        });
        run(List.of("--list", archive.toString()), Map.of(), output);
        return items.get();
    }

    /** The list of contents says nothing about what follows it: only reading everything does. */
    private void decode(long items) throws BadBackup, InterruptedException {
        String work = "decode " + job.backup().asset().label();
        PgRestoreOutput output = new PgRestoreOutput(counting(work, items));
        run(List.of("--verbose", "--file=/dev/null", archive.toString()), Map.of(), output);
        // pg_restore speaks of fewer items than it lists.
        job.progress().advances(work, items, items, Progress.Unit.ITEMS);
        notes.observe("decoded to its end", "yes");
    }

    private void load(Database database, long items) throws SQLException, BadBackup, InterruptedException {
        RolesNamed roles = new RolesNamed();
        run(List.of("--schema-only", "--file=-", archive.toString()), Map.of(), new PgRestoreOutput(roles));
        PgRestoreOutput output = new PgRestoreOutput(counting(job.work(), items));
        int jobs = jobs();
        notes.observe("connections", jobs);
        List<String> arguments = new ArrayList<>(List.of(
                "--verbose",
                // A scratch has none of the roles. Errors that must come would only hide those that must not.
                "--no-owner",
                "--no-privileges",
                // None of these can work in a scratch: no such disks, nobody to replicate to or from.
                "--no-tablespaces",
                "--no-subscriptions",
                "--no-publications",
                "--jobs=" + jobs));
        arguments.addAll(List.of("--dbname=" + database.name(), archive.toString()));
        Finished finished = job.scratch().run(program(arguments, database.environment(), output));
        killed(finished);
        Complaints complaints = new Complaints();
        roles.missingFrom(database).forEach(complaint -> complaints.add(complaint, job));
        output.complaints().forEach(complaint -> complaints.add(complaint, job));
        complaints.settle(job, notes);
        if (!finished.succeeded() && (jobs > 1 || output.complaints().isEmpty())) {
            throw job.bad("pg_restore met an error that its output does not show: " + last(finished));
        }
    }

    /**
     * How many processes restore at once. They write their errors into each other's lines, where one may be lost: several
     * only where every error counts. A pg_restore newer than the server makes one that does not, in each of its
     * connections.
     */
    private int jobs() throws InterruptedException {
        StringBuilder said = new StringBuilder();
        job.scratch().run(new Program(List.of(program.toString(), "--version"), Map.of(), said::append));
        Matcher version = VERSION.matcher(said);
        boolean newer = !version.find() || Integer.parseInt(version.group(1)) > job.postgres();
        return newer ? 1 : Math.min(MOST_JOBS, job.scratch().processors());
    }

    private void run(List<String> arguments, Map<String, String> environment, PgRestoreOutput output)
            throws BadBackup, InterruptedException {
        Finished finished = job.scratch().run(program(arguments, environment, output));
        if (CRASHES.contains(finished.exit())) {
            crashed(finished, job.scratch().run(program(arguments, environment, new PgRestoreOutput(line -> {}))));
        }
        killed(finished);
        if (!finished.succeeded()) {
            String said = output.complaints().stream()
                    .findFirst()
                    .map(Complaint::message)
                    .orElseGet(() -> last(finished));
            if (said.contains("does not support compression") || said.contains("not supported by this installation")) {
                throw job.cannot(
                        "The installed pg_restore cannot read this dump's compression: " + said,
                        "Install PostgreSQL's own client packages, which know all of pg_dump's compressions.");
            }
            throw job.bad("The dump cannot be read to its end, so it is cut short or damaged: " + said);
        }
    }

    private Program program(List<String> arguments, Map<String, String> environment, PgRestoreOutput output) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        return new Program(command, environment, output);
    }

    /** It hardly checks its list of contents: what crashes it once more is what it reads. */
    private void crashed(Finished once, Finished again) throws BadBackup {
        if (once.exit() == again.exit()) {
            throw job.bad("pg_restore crashes each time it reads the dump (exit code " + again.exit()
                    + "), so the dump is damaged");
        }
    }

    private void killed(Finished finished) {
        if (finished.exit() > SIGNALLED) {
            throw job.cannot(
                    "pg_restore was killed (exit code " + finished.exit() + ")",
                    "Look for the reason in the system's log (out of memory is the usual one), then run the drill again.");
        }
    }

    private Consumer<String> counting(String work, long items) {
        AtomicLong done = new AtomicLong();
        return line -> {
            if (line.contains("processing ") || line.contains("creating ") || line.contains("finished item")) {
                job.progress().advances(work, Math.min(items, done.incrementAndGet()), items, Progress.Unit.ITEMS);
            }
        };
    }

    private static String last(Finished finished) {
        List<String> lines = finished.lastLines();
        return lines.isEmpty() ? "exit code " + finished.exit() : lines.get(lines.size() - 1);
    }

    private static byte[] head(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(HEAD);
        }
    }

    private static Path folderOfContents(Path unpacked, Job job) throws IOException, BadBackup {
        try (Stream<Path> folders = Files.walk(unpacked, DEEPEST_CONTENTS)) {
            return folders.filter(folder -> Files.isRegularFile(folder.resolve(CONTENTS)))
                    .findFirst()
                    .orElseThrow(() -> job.bad("The tar holds no toc.dat, so it is no directory by pg_dump"));
        }
    }

    private static Path unpacked(Job job, DumpHeader dump) throws IOException, BadBackup, InterruptedException {
        if (dump.compression() == Compression.NONE) {
            return job.file();
        }
        Path file = job.scratch().folder("dump").resolve("archive");
        Room room = new Room(job);
        byte[] buffer = new byte[1 << 16];
        try (PackedStream in = PackedStream.open(job.file());
                OutputStream out = Files.newOutputStream(file)) {
            int count;
            while ((count = in.read(buffer, 0, buffer.length)) >= 0) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                room.take(count, in.position());
                out.write(buffer, 0, count);
            }
        }
        return file;
    }
}
