package dev.muster.restore.files;

import dev.muster.backup.restic.Restic;
import dev.muster.backup.restic.Snapshot;
import dev.muster.drill.Asset;
import dev.muster.drill.BadBackup;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Reading;
import dev.muster.drill.Secret;
import dev.muster.restore.work.Job;
import dev.muster.restore.work.Notes;
import dev.muster.restore.work.Room;
import dev.muster.scratch.Finished;
import dev.muster.scratch.Program;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A snapshot of a restic repository, restored by restic from the copy that was fetched. Its exit codes alone are not
 * trusted: what it says is looked at, and what came is counted.
 */
public final class ResticFiles {
    private static final Pattern PACK = Pattern.compile("pack[ /]([0-9a-f]{64})");
    private static final Pattern TROUBLE = Pattern.compile(
            "(?i).*\\b(error|fatal|not found|does not exist|not available|corrupt|damaged|invalid)\\b.*");
    /** What restic was asked for has names of the estate in it. */
    private static final Pattern ANSWER = Pattern.compile("(?:restoring <|[{]|\\[[{\\]]).*");

    private static final Pattern HARMLESS = Pattern.compile("(?i).*\\b(no|0) errors\\b.*");
    private static final Pattern VERIFIED = Pattern.compile("finished verifying (\\d+) files in .*");

    private final Job job;
    private final Notes notes;
    private final Restic restic;
    private final String snapshot;

    public ResticFiles(Job job, Notes notes, Secret password) {
        this.job = job;
        this.notes = notes;
        this.snapshot = job.backup().object().name();
        this.restic = new Restic(job.folder(), password, job.address());
    }

    public void restore() throws IOException, BadBackup, InterruptedException {
        sound(run("check"), "restic finds the repository damaged");
        Snapshot told = snapshot();
        JsonNode size = json(run("stats", "--json", "--mode", "restore-size", snapshot));
        long bytes = size.path("total_size").asLong(-1);
        long entries = size.path("total_file_count").asLong(-1);
        if (bytes < 0 || entries < 0) {
            throw job.cannot(
                    "restic does not say how large the snapshot is",
                    "Run `restic stats --mode restore-size " + snapshot + "` against the repository by hand.");
        }
        new Room(job).expect(bytes, job.backup().bytes());
        Path target = job.scratch().folder(job.backup().asset().label());
        Finished finished = run("restore", snapshot, "--target", target.toString(), "--verify");
        sound(finished, "restic could not restore all of the snapshot");
        Count count = Count.of(target);
        notes.observe("files", count.files);
        notes.observe("bytes unpacked", count.bytes);
        notes.observe("files verified", verified(finished));
        if (count.entries != entries || count.files == 0) {
            throw job.bad("The snapshot has " + entries + " files and folders, but " + count.entries + " of them with "
                    + count.files + " files were restored");
        }
        job.scratch().handOver(target);
        Path root = root(target, told);
        notes.restoredInto(job.backup().asset() == Asset.FILESTORE ? Filestore.within(root, job) : root);
        Reading newest = Reading.of(
                count.newest,
                "newest time of the snapshot's " + count.files
                        + " files: a lower bound, since files may have been unchanged for long when they were copied");
        notes.proves(newest);
        notes.sees(newest);
    }

    private Snapshot snapshot() throws BadBackup, InterruptedException {
        Finished finished = run("snapshots", "--json", snapshot);
        sound(finished, "restic cannot read the snapshot");
        List<Snapshot> told = Snapshot.read(String.join("\n", finished.lastLines()));
        if (told.size() != 1) {
            throw job.bad("restic does not know the snapshot");
        }
        notes.fact("snapshot", told.get(0).shortId());
        notes.fact("paths", String.join(", ", told.get(0).paths()));
        return told.get(0);
    }

    /** Restic keeps whole paths; where there is one, what lies below it is what was backed up. */
    private static Path root(Path target, Snapshot snapshot) {
        if (snapshot.paths().size() != 1) {
            return target;
        }
        Path root = target.resolve("." + snapshot.paths().get(0)).normalize();
        return root.startsWith(target) && Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS) ? root : target;
    }

    private Finished run(String... arguments) throws InterruptedException {
        return job.scratch()
                .run(new Program(restic.command(arguments), restic.environment(), line -> {}, Program.Where.MUSTER));
    }

    private void sound(Finished finished, String what) throws BadBackup {
        List<String> troubles = finished.lastLines().stream()
                .filter(line ->
                        !ANSWER.matcher(line).matches() && TROUBLE.matcher(line).matches())
                .filter(line -> !HARMLESS.matcher(line).matches())
                .toList();
        if (finished.succeeded() && troubles.isEmpty()) {
            return;
        }
        String said = String.join("; ", troubles.isEmpty() ? finished.lastLines() : troubles);
        Optional<CouldNotRun> other = restic.notItsFault(said);
        if (other.isPresent()) {
            throw other.get();
        }
        throw job.bad(what + ": " + Restic.shortened(said), where(said));
    }

    /** The object that restic complains about, where it names one. */
    private String where(String said) {
        Matcher pack = PACK.matcher(said);
        if (!pack.find()) {
            return job.address();
        }
        String id = pack.group(1);
        return "s3://" + job.backup().object().bucket() + "/" + job.backup().base() + "data/" + id.substring(0, 2) + "/"
                + id;
    }

    private JsonNode json(Finished finished) {
        for (String line : finished.lastLines()) {
            if (line.startsWith("{")) {
                try {
                    return JsonMapper.shared().readTree(line);
                } catch (JacksonException e) {
                    break;
                }
            }
        }
        return JsonMapper.shared().createObjectNode();
    }

    private static String verified(Finished finished) {
        return finished.lastLines().stream()
                .map(VERIFIED::matcher)
                .filter(Matcher::matches)
                .map(match -> match.group(1))
                .findFirst()
                .orElse("not told");
    }

    /** What lies below a folder. */
    private static final class Count extends SimpleFileVisitor<Path> {
        private long entries;
        private long files;
        private long bytes;
        private Instant newest = Instant.EPOCH;

        static Count of(Path folder) throws IOException {
            Count count = new Count();
            Files.walkFileTree(folder, count);
            // The folder itself is none of the snapshot's.
            count.entries--;
            return count;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes kind) {
            entries++;
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes kind) {
            entries++;
            if (kind.isRegularFile()) {
                files++;
                bytes += kind.size();
                Instant time = kind.lastModifiedTime().toInstant();
                newest = time.isAfter(newest) ? time : newest;
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
