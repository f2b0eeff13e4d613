package dev.muster.restore.server;

import dev.muster.drill.BadBackup;
import dev.muster.restore.work.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts the files of a server together out of a full backup and the incremental ones that build on it. */
final class Combination {
    private static final String INCREMENTAL = "INCREMENTAL.";
    private static final String LABEL = "backup_label";

    private final Job job;
    private final List<Path> folders;
    private final ServerFolder server;

    /** @param folders the backups as they were restored, the full one first */
    Combination(Job job, List<Path> folders, ServerFolder server) {
        this.job = job;
        this.folders = folders;
        this.server = server;
    }

    void combine() throws IOException, BadBackup, InterruptedException {
        Path newest = folders.get(folders.size() - 1);
        bring(newest, newest);
        Path label = server.data().resolve(LABEL);
        // A server refuses to start on what calls itself incremental.
        Files.writeString(
                label,
                Files.readString(label)
                        .lines()
                        .filter(line -> !line.startsWith("INCREMENTAL FROM"))
                        .collect(Collectors.joining("\n", "", "\n")));
    }

    private void bring(Path folder, Path newest) throws IOException, BadBackup, InterruptedException {
        List<Path> entries;
        try (Stream<Path> all = Files.list(folder)) {
            entries = all.sorted().toList();
        }
        for (Path entry : entries) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            String place = newest.relativize(entry).toString();
            Path target = server.data().resolve(place);
            String name = entry.getFileName().toString();
            if (Files.isSymbolicLink(entry)) {
                Path tablespace = server.tablespace(name);
                bring(entry, newest);
                job.scratch().handOver(tablespace);
            } else if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectories(target);
                bring(entry, newest);
            } else if (name.startsWith(INCREMENTAL)) {
                String whole = name.substring(INCREMENTAL.length());
                new ChangedFile(job, folders, newest.relativize(entry.resolveSibling(whole)))
                        .write(target.resolveSibling(whole));
            } else {
                Files.move(entry, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
