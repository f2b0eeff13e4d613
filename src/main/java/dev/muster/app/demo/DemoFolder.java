package dev.muster.app.demo;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.drill.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folder that a demonstration lives in, and the files a user finds there. */
final class DemoFolder implements AutoCloseable {
    private static final String MARK = ".muster-demo";
    /** What the runbook avoids, and what that leans on. */
    private static final List<String> CALENDARS = List.of("month-end-close.yaml", "public-holidays.ics");

    private final Path folder;
    private final FileChannel mark;

    private DemoFolder(Path folder, FileChannel mark) {
        this.folder = folder;
        this.mark = mark;
    }

    /**
     * Takes a folder that is new, empty, or of an earlier demonstration, whose backups go. Until it is closed no other
     * demonstration gets it.
     */
    static DemoFolder claim(Path path) throws IOException {
        Path folder = Files.createDirectories(path.toAbsolutePath().normalize()).toRealPath();
        if (Files.notExists(folder.resolve(MARK))) {
            try (Stream<Path> content = Files.list(folder)) {
                if (content.findAny().isPresent()) {
                    throw new CouldNotRun(new Problem(
                            "The folder holds files that are not a demonstration's",
                            folder.toString(),
                            "Name a folder that is empty or not there yet."));
                }
            }
            Files.createFile(folder.resolve(MARK));
        }
        FileChannel mark = FileChannel.open(folder.resolve(MARK), StandardOpenOption.WRITE);
        if (!locked(mark)) {
            mark.close();
            throw new CouldNotRun(new Problem(
                    "Another demonstration is running in this folder",
                    folder.toString(),
                    "Wait for its end or stop it, or name another folder with --dir."));
        }
        DemoFolder claimed = new DemoFolder(folder, mark);
        claimed.discardBackups();
        return claimed;
    }

    private static boolean locked(FileChannel mark) throws IOException {
        try {
            return mark.tryLock() != null;
        } catch (OverlappingFileLockException ownProcess) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            mark.close();
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }

    Path backups() {
        return folder.resolve("s3");
    }

    /** What exists only while the backups are made: the company's files, and objects on their way. */
    Path production() {
        return folder.resolve("production");
    }

    Path settings() {
        return folder.resolve("muster.yaml");
    }

    Path runbooks() {
        return folder.resolve("runbooks");
    }

    Path runbook() {
        return runbooks().resolve("odoo-monthly.yaml");
    }

    void discardBackups() throws IOException {
        delete(backups());
        discardProduction();
    }

    void discardProduction() throws IOException {
        delete(production());
    }

    void writeSettings(URI endpoint, String region, String bucket, Secret accessKey, Secret secretKey)
            throws IOException {
        Path secrets = folder.resolve("secrets");
        Files.createDirectories(secrets);
        Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rwx------"));
        writeSecret(secrets.resolve("demo-access-key"), accessKey);
        writeSecret(secrets.resolve("demo-secret-key"), secretKey);
        Path programs = Files.createDirectories(folder.resolve("programs"));
        StandInProgram.write(programs.resolve("odoo"));
        Files.writeString(settings(), """
                # The settings of a demonstration. Its S3 server listens as long as `muster demo` runs.
                home: %s
                runbooks: %s
                secrets: %s
                # No Odoo, but a program that stands in for one: it takes the same options and answers the same calls.
                programs: { odoo: %s }
                vaults:
                  primary:
                    endpoint: %s
                    region: %s
                    bucket: %s
                    pathStyle: true
                    credentials: { accessKey: "${secret:demo-access-key}", secretKey: "${secret:demo-secret-key}" }
                """.formatted(
                        quoted(folder.resolve("home")),
                        quoted(runbooks()),
                        quoted(secrets),
                        quoted(programs.resolve("odoo")),
                        endpoint,
                        region,
                        bucket));
        Files.createDirectories(runbooks());
        Files.write(runbook(), Resource.bytes("/runbooks/odoo-monthly.yaml"));
        Path calendars = Files.createDirectories(folder.resolve("calendars"));
        for (String calendar : CALENDARS) {
            Files.write(calendars.resolve(calendar), Resource.bytes("/calendars/" + calendar));
        }
    }

    /** @param newest from when the newest backup is */
    void writeReadme(Instant newest) throws IOException {
        Instant after = newest.plusSeconds(60).truncatedTo(ChronoUnit.SECONDS);
        Files.writeString(
                folder.resolve("README.txt"),
                Resource.text("README.txt")
                        .formatted(newest.truncatedTo(ChronoUnit.SECONDS), settings(), runbook(), after));
    }

    private static void writeSecret(Path file, Secret secret) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, secret.reveal().getBytes(StandardCharsets.UTF_8));
    }

    private static String quoted(Path path) {
        return "'" + path.toString().replace("'", "''") + "'";
    }

    private static void delete(Path tree) throws IOException {
        if (Files.notExists(tree)) {
            return;
        }
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
