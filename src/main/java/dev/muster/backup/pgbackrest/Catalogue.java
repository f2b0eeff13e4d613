package dev.muster.backup.pgbackrest;

import dev.muster.backup.bucket.Unreadable;
import dev.muster.backup.log.LogSeal;
import java.util.Optional;
import java.util.Set;

/**
 * What the two indexes of a stanza say.
 *
 * @param fault why they cannot be believed, as a sentence without its full stop
 */
record Catalogue(Optional<BackupInfo> backups, Optional<ArchiveInfo> archives, Optional<String> fault) {

    static Catalogue of(Repository repository) throws Unreadable, InterruptedException {
        Optional<BackupInfo> backups = Optional.empty();
        try {
            backups = Optional.of(repository.backupInfo());
            return new Catalogue(backups, Optional.of(repository.archiveInfo()), Optional.empty());
        } catch (BadInfo e) {
            String name = backups.isPresent() ? ArchiveInfo.NAME : BackupInfo.NAME;
            return new Catalogue(
                    backups, Optional.empty(), Optional.of("The stanza's " + name + " " + e.what() + ", its copy too"));
        }
    }

    Set<String> labels() {
        return backups.map(info -> info.backups().keySet()).orElse(Set.of());
    }

    Optional<BackupInfo.Entry> entry(String label) {
        return backups.flatMap(info -> Optional.ofNullable(info.backups().get(label)));
    }

    /** The folder of the archive that holds the log of the server that this is a backup of. */
    Optional<String> logFolder(BackupInfo.Entry entry) {
        return backups.flatMap(info -> Optional.ofNullable(info.clusters().get(entry.cluster())))
                .flatMap(cluster -> archives.flatMap(info -> info.folder(cluster)));
    }

    LogSeal logSeal() {
        return archives.flatMap(ArchiveInfo::passphrase)
                .<LogSeal>map(RepositoryCipher::new)
                .orElse(LogSeal.NONE);
    }

    /** Why a backup cannot be restored whatever its manifest says, as a sentence without its full stop. */
    Optional<String> fault(String label) {
        if (fault.isPresent()) {
            return fault;
        }
        Optional<BackupInfo.Entry> entry = entry(label);
        if (entry.isEmpty()) {
            return Optional.of("It is not complete: " + BackupInfo.NAME
                    + " does not list it, so it is still being made, was interrupted, or has expired");
        }
        if (entry.get().firstSegment().isEmpty() || entry.get().lastSegment().isEmpty()) {
            return Optional.of(
                    "It was made of a stopped server (--no-online) and names no log; Muster restores those of"
                            + " running ones");
        }
        if (entry.get().start().isEmpty() || entry.get().end().isEmpty()) {
            return Optional.of("It was made by a pgBackRest too old to note where in the log it began and ended");
        }
        return logFolder(entry.get()).isEmpty()
                ? Optional.of("The stanza's " + ArchiveInfo.NAME + " knows no log of the server that it is of")
                : Optional.empty();
    }
}
