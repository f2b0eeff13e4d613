package dev.muster.scratch.postgres;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The PostgreSQL server of one major version that comes with Muster; it holds no client programs. */
final class IncludedServer {
    private static final Set<PosixFilePermission> PROGRAM = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final Set<PosixFilePermission> DATA = PosixFilePermissions.fromString("rw-r--r--");
    private static final Duration ABANDONED = Duration.ofHours(1);

    private final int major;
    private final Optional<URL> archive;

    IncludedServer(int major) {
        this.major = major;
        this.archive = Optional.ofNullable(
                IncludedServer.class.getResource("/postgres/" + major + "/postgres-" + machine() + ".txz"));
    }

    /** The kind of machine that this is, as the archives name it. */
    static String machine() {
        String processor = System.getProperty("os.arch", "");
        String system = System.getProperty("os.name", "");
        return (system.startsWith("Linux")
                        ? "linux"
                        : system.toLowerCase(java.util.Locale.ROOT).replace(' ', '-')) + "-"
                + (processor.equals("amd64") ? "x86_64" : processor);
    }

    boolean exists() {
        return archive.isPresent();
    }

    /** Unpacks the server once; several processes may do so at the same time. */
    Path unpackedBelow(Path cache) {
        try {
            Path unpacked = cache.resolve(major + "-" + digest().substring(0, 16));
            if (!Files.isDirectory(unpacked)) {
                discardAbandoned(cache);
                Path part = Files.createTempDirectory(cache, "part-");
                unpack(part);
                publish(part, unpacked);
            }
            return works(unpacked);
        } catch (IOException failed) {
            throw new CouldNotRun(
                    new Problem(
                            "The PostgreSQL " + major + " server that comes with Muster cannot be unpacked: "
                                    + failed.getMessage(),
                            cache.toString(),
                            "Make room there (about 100 MB) and make the folder writable, or install a server,"
                                    + " for example with `apt install postgresql-" + major + "`."),
                    failed);
        }
    }

    private void unpack(Path target) throws IOException {
        Files.setPosixFilePermissions(target, PROGRAM);
        try (InputStream stream = open();
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(stream))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("entry " + entry.getName() + " points outside");
                }
                if (entry.isDirectory()) {
                    openFolder(target, path);
                    continue;
                }
                openFolder(target, Objects.requireNonNull(path.getParent()));
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(tar, path);
                    Files.setPosixFilePermissions(path, (entry.getMode() & 0100) == 0 ? DATA : PROGRAM);
                }
            }
        }
    }

    /** The server runs as another user, so whatever file mask Muster has must not close its folders. */
    private static void openFolder(Path target, Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            openFolder(target, Objects.requireNonNull(folder.getParent()));
            Files.createDirectory(folder);
            Files.setPosixFilePermissions(folder, PROGRAM);
        }
    }

    private static void publish(Path part, Path unpacked) throws IOException {
        try {
            Files.move(part, unpacked, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException lost) {
            discard(part);
            if (!Files.isDirectory(unpacked)) {
                throw lost;
            }
        }
    }

    private Path works(Path unpacked) {
        if (ServerVersion.of(unpacked.resolve("bin/postgres")).isEmpty()) {
            throw new CouldNotRun(new Problem(
                    "The PostgreSQL " + major + " server that comes with Muster does not run on this machine",
                    unpacked.resolve("bin/postgres").toString(),
                    "Run that program with --version to see why (a folder mounted noexec, or a system without glibc),"
                            + " or install a server, for example with `apt install postgresql-" + major + "`."));
        }
        return unpacked;
    }

    private String digest() throws IOException {
        try (DigestInputStream stream = new DigestInputStream(open(), MessageDigest.getInstance("SHA-256"))) {
            stream.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(stream.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private InputStream open() throws IOException {
        return archive.orElseThrow().openStream();
    }

    /** A process that was killed while it unpacked has left its part behind. */
    private static void discardAbandoned(Path cache) throws IOException {
        Instant limit = Instant.now().minus(ABANDONED);
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(cache, "part-*")) {
            for (Path part : parts) {
                if (Files.getLastModifiedTime(part).toInstant().isBefore(limit)) {
                    discard(part);
                }
            }
        }
    }

    private static void discard(Path part) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> paths = Files.walk(part)) {
            deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }
}
