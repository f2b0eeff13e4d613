package dev.muster.restore.server;

import dev.muster.backup.format.BackupManifest;
import dev.muster.drill.BadBackup;
import dev.muster.restore.work.Job;
import dev.muster.restore.work.Notes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/** Compares restored files with the manifest that was written when they were backed up. */
final class ManifestCheck {
    private static final int BUFFER = 1 << 16;

    private final Job job;
    private final Path data;
    private final byte[] buffer = new byte[BUFFER];

    ManifestCheck(Job job, Path data) {
        this.job = job;
        this.data = data;
    }

    /** Demands that every file is there with its size and digest, and none besides. */
    void demandSame(BackupManifest manifest, Notes notes) throws IOException, BadBackup, InterruptedException {
        long digested = 0;
        for (BackupManifest.Entry file : manifest.files()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            Path path = data.resolve(file.path()).normalize();
            if (!path.startsWith(data) || !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                throw job.bad("The file " + file.path() + " of the manifest is not in the backup");
            }
            if (Files.size(path) != file.size()) {
                throw job.bad("The file " + file.path() + " has " + Files.size(path) + " bytes, " + file.size()
                        + " in the manifest");
            }
            if (!file.algorithm().equals("NONE")) {
                String digest = digest(path, file.algorithm());
                if (!digest.equals(file.checksum())) {
                    throw job.bad("The file " + file.path() + " is not the one that was backed up: its "
                            + file.algorithm() + " is " + digest + ", " + file.checksum() + " in the manifest");
                }
                digested++;
            }
        }
        demandNoOther(manifest);
        notes.observe("files in the manifest", manifest.files().size());
        notes.observe("files with the digest in the manifest", digested);
    }

    private void demandNoOther(BackupManifest manifest) throws IOException, BadBackup {
        Set<String> known =
                manifest.files().stream().map(BackupManifest.Entry::path).collect(Collectors.toSet());
        List<String> others;
        try (Stream<Path> all = Files.walk(data, FileVisitOption.FOLLOW_LINKS)) {
            others = all.filter(Files::isRegularFile)
                    .map(path -> data.relativize(path).toString())
                    // The log is not in the manifest; it has checksums of its own.
                    .filter(path -> !path.startsWith("pg_wal/") && !known.contains(path))
                    .sorted()
                    .toList();
        }
        if (!others.isEmpty()) {
            throw job.bad("The backup holds a file that is not in its manifest: " + others.get(0));
        }
    }

    private String digest(Path path, String algorithm) throws IOException, BadBackup {
        if (algorithm.equals("CRC32C")) {
            CRC32C sum = new CRC32C();
            try (InputStream in = Files.newInputStream(path)) {
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    sum.update(buffer, 0, count);
                }
            }
            // PostgreSQL writes the bytes as they lie in memory.
            return String.format(Locale.ROOT, "%08x", Integer.reverseBytes((int) sum.getValue()));
        }
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance(algorithm.replace("SHA", "SHA-"));
        } catch (NoSuchAlgorithmException e) {
            throw job.bad("The manifest has digests that nobody knows: " + algorithm);
        }
        try (InputStream in = Files.newInputStream(path)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
