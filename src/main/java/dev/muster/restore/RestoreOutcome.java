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
import java.util.Set;

/**
 * What came of putting one backup into a scratch.
 *
 * @param checks whether all of it came back
 * @param readings the instants that the backup is good for, as far as restoring it showed them
 * @param database the database that now holds the backup, even if not all of it came back
 * @param folder the folder that now holds the files
 * @param facts what else the backup says of itself, for the report
 * @param roles the roles that a dump gives objects or rights to; absent for what is no dump
 * @param reads objects that were only read while restoring, as those of a write-ahead log are
 */
public record RestoreOutcome(
        List<CheckResult> checks,
        Readings readings,
        Optional<Database> database,
        Optional<Path> folder,
        Map<String, String> facts,
        List<ObjectRead> reads,
        Optional<Set<String>> roles) {
    public RestoreOutcome {
        reads = List.copyOf(reads);
        checks = List.copyOf(checks);
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        roles = roles.map(Set::copyOf);
    }

    /** What came of a backup that names no roles. */
    public RestoreOutcome(
            List<CheckResult> checks,
            Readings readings,
            Optional<Database> database,
            Optional<Path> folder,
            Map<String, String> facts,
            List<ObjectRead> reads) {
        this(checks, readings, database, folder, facts, reads, Optional.empty());
    }
}
