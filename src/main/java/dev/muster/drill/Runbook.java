package dev.muster.drill;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * The script of a drill, as read from its file.
 *
 * @param deadlines the longest that a stage may take, for the stages that have a limit of their own
 * @param baseline what the restored database is compared with, where there is such a thing
 * @param leastDetected the least part of all faults, in percent, that its checks have to catch
 * @param governance what people have declared beside the work
 * @param fleet the systems that it is the template of; absent when it is about one system only
 * @param file the file it was read from, as the user named it
 * @param sha256 the digest of that file's bytes, with overrides from the command line applied after it
 * @param commit the commit of the Git checkout in which the file lies, with a word on it when the file differs from that
 */
public record Runbook(
        String name,
        String title,
        String system,
        String owner,
        Scenario scenario,
        Optional<SchedulePlan> schedule,
        Objectives objectives,
        Map<String, BusinessProcess> processes,
        Map<Asset, BackupSource> backups,
        ScratchPlan scratch,
        Map<Stage, Duration> deadlines,
        List<Step> steps,
        Optional<BaselinePlan> baseline,
        OptionalInt leastDetected,
        Governance governance,
        Optional<Fleet> fleet,
        String file,
        String sha256,
        Optional<String> commit) {

    public Runbook {
        processes = Collections.unmodifiableMap(new LinkedHashMap<>(processes));
        backups = Collections.unmodifiableMap(new TreeMap<>(backups));
        deadlines = Collections.unmodifiableMap(new TreeMap<>(deadlines));
        steps = List.copyOf(steps);
    }

    /** The operator that restores an asset in Muster's place. */
    public Optional<OperatorPlan> operator(Asset asset) {
        return steps.stream()
                .filter(Step.Restore.class::isInstance)
                .map(Step.Restore.class::cast)
                .filter(step -> step.asset() == asset)
                .flatMap(step -> step.with().stream())
                .findFirst();
    }

    /** Whether a tenant's name has to be filled in before there is anything to drill. */
    public boolean template() {
        return fleet.filter(one -> one.tenant().isEmpty()).isPresent();
    }
}
