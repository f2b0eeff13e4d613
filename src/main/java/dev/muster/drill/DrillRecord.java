package dev.muster.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Everything that one drill observed; the source of its evidence.
 *
 * @param environment what the drill ran on and with: machine, versions, settings that differ from production
 * @param attempts the attempts that failed before the last one, when the drill walked back from newer backups
 * @param proof what was proven of the checks, when that was asked for
 * @param programme the drills around this one
 * @param skew the time between the database's and the filestore's recovery point
 * @param rpo over all processes: disaster instant minus the proven point of the worst asset
 * @param rto over all processes: disaster instant to the last check that passed
 * @param problems what stopped or broke the drill apart from its checks, missed objectives included
 */
public record DrillRecord(
        String drill,
        DrillRequest request,
        Instant planned,
        Instant started,
        Instant finished,
        Verdict verdict,
        Optional<RecoveryPoint> recoveryPoint,
        List<Attempt> attempts,
        List<ObjectRead> objectsRead,
        Map<Asset, Readings> readings,
        Optional<Duration> skew,
        Figure rpo,
        Figure rto,
        Map<String, ProcessFigures> processes,
        List<CheckResult> checks,
        List<Finding> findings,
        List<Problem> problems,
        List<TimelineEntry> timeline,
        Map<String, String> environment,
        Optional<TeardownReceipt> teardown,
        Optional<Proof> proof,
        Programme programme) {

    public DrillRecord {
        attempts = List.copyOf(attempts);
        objectsRead = List.copyOf(objectsRead);
        readings = Collections.unmodifiableMap(new TreeMap<>(readings));
        processes = Collections.unmodifiableMap(new LinkedHashMap<>(processes));
        checks = List.copyOf(checks);
        findings = List.copyOf(findings);
        problems = List.copyOf(problems);
        timeline = List.copyOf(timeline);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }

    /** The loss with the backup that came back in the end; absent when the drill never walked back. */
    public Optional<Figure> effectiveRpo() {
        return attempts.isEmpty() ? Optional.empty() : Optional.of(rpo);
    }
}
