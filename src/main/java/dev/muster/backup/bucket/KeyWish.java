package dev.muster.backup.bucket;

import dev.muster.drill.Asset;
import dev.muster.drill.BackupSource;
import dev.muster.drill.LogSource;
import dev.muster.drill.Runbook;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a drill has to open a vault for.
 *
 * @param prefixes below which it reads
 * @param bucketItself whether somebody looks whether the bucket is there, before he reads
 * @param needed how long
 */
public record KeyWish(String drill, List<String> prefixes, boolean bucketItself, Duration needed) {
    public KeyWish {
        prefixes = List.copyOf(prefixes);
    }

    /** What the runbook's backups in one vault need; those within another's are read with that one. */
    public static KeyWish of(String drill, Runbook runbook, String vault) {
        return new KeyWish(
                drill,
                runbook.backups().values().stream()
                        .filter(source -> source.vault().equals(vault))
                        .filter(source -> source.within().isEmpty())
                        .flatMap(KeyWish::prefixes)
                        .distinct()
                        .toList(),
                runbook.operator(Asset.DATABASE).isPresent(),
                runbook.scratch().timeToLive());
    }

    private static Stream<String> prefixes(BackupSource source) {
        return Stream.concat(Stream.of(source.prefix()), source.log().map(LogSource::prefix).stream());
    }
}
