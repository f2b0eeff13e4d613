package dev.muster.restore.server;

import dev.muster.drill.BadBackup;
import dev.muster.restore.work.Job;
import dev.muster.restore.work.Notes;
import dev.muster.scratch.Finished;
import dev.muster.scratch.Program;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Has PostgreSQL compare each page of a recovered and stopped server with the checksum in it. */
final class PageCheck {
    private static final String OBSERVATION = "page checksums";

    private final Job job;
    private final Notes notes;

    PageCheck(Job job, Notes notes) {
        this.job = job;
        this.notes = notes;
    }

    void demandSound() throws BadBackup, InterruptedException {
        Optional<Path> program = job.scratch().client("pg_checksums", job.postgres());
        if (program.isEmpty()) {
            notes.observe(OBSERVATION, "not compared: pg_checksums is not installed");
            return;
        }
        Finished finished = job.scratch()
                .run(new Program(
                        List.of(
                                program.get().toString(),
                                "--check",
                                "--pgdata=" + job.scratch().serverFolder()),
                        Map.of("LC_ALL", "C"),
                        line -> {}));
        List<String> lines = finished.lastLines();
        if (finished.succeeded()) {
            notes.observe(OBSERVATION, "right on every page: " + said(lines, "Blocks scanned:"));
        } else if (!said(lines, "checksum verification failed").isEmpty()) {
            throw job.bad("A page is not what the server wrote: " + said(lines, "checksum verification failed") + "; "
                    + said(lines, "Bad checksums:"));
        } else if (!said(lines, "data checksums are not enabled").isEmpty()) {
            notes.observe(OBSERVATION, "none: the server keeps no data checksums, so nothing vouches for its pages");
        } else {
            notes.observe(
                    OBSERVATION, "not compared: " + lines.stream().findFirst().orElse("exit code " + finished.exit()));
        }
    }

    private static String said(List<String> lines, String words) {
        return lines.stream()
                .filter(line -> line.contains(words))
                .findFirst()
                .map(line -> line.replaceFirst("^pg_checksums: (error: )?", "")
                        .replaceAll("\\s+", " ")
                        .strip())
                .orElse("");
    }
}
