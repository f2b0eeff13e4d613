package dev.muster.restore;

import dev.muster.drill.CheckResult;
import dev.muster.drill.ObjectRead;
import dev.muster.drill.Readings;
import dev.muster.scratch.Database;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came of putting one backup into a scratch.
 *
 * @param checks whether all of it came back
 * @param readings the instants that the backup is good for, as far as restoring it showed them
 * @param database the database that now holds the backup, even if not all of it came back
 * @param folder the folder that now holds the files
 * @param facts what else the backup says of itself, for the report
 * @param reads objects that were only read while restoring, as those of a write-ahead log are
 */
public record RestoreOutcome(
        List<CheckResult> checks,
        Readings readings,
        Optional<Database> database,
        Optional<Path> folder,
        Map<String, String> facts,
        List<ObjectRead> reads) {
    public RestoreOutcome {
        reads = List.copyOf(reads);
        checks = List.copyOf(checks);
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }
}
