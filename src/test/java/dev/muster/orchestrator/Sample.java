package dev.muster.orchestrator;

import dev.muster.drill.Asset;
import dev.muster.drill.BackupFormat;
import dev.muster.drill.BackupSource;
import dev.muster.drill.BusinessProcess;
import dev.muster.drill.Governance;
import dev.muster.drill.Objectives;
import dev.muster.drill.Runbook;
import dev.muster.drill.Scenario;
import dev.muster.drill.ScratchPlan;
import dev.muster.drill.Selection;
import dev.muster.drill.Stage;
import dev.muster.drill.Step;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A small runbook for tests that need one but not its file. */
final class Sample {
    static final Objectives OBJECTIVES = new Objectives(Duration.ofHours(1), Duration.ofHours(4));

    private Sample() {}

    static Runbook runbook(Map<String, BusinessProcess> processes) {
        return runbook(processes, Duration.ofHours(1), Map.of());
    }

    static Runbook runbook(List<Step> steps) {
        return runbook(Map.of(), Duration.ofHours(1), Map.of(), steps);
    }

    static Runbook runbook(
            Map<String, BusinessProcess> processes, Duration timeToLive, Map<Stage, Duration> deadlines) {
        return runbook(processes, timeToLive, deadlines, List.of(new Step.Restore(Asset.DATABASE)));
    }

    private static Runbook runbook(
            Map<String, BusinessProcess> processes,
            Duration timeToLive,
            Map<Stage, Duration> deadlines,
            List<Step> steps) {
        Map<Asset, BackupSource> sources = new EnumMap<>(Asset.class);
        for (Asset asset : Asset.values()) {
            sources.put(
                    asset,
                    new BackupSource(
                            asset,
                            "primary",
                            asset == Asset.DATABASE ? BackupFormat.PG_DUMP : BackupFormat.TAR,
                            asset.label() + "/",
                            Optional.empty(),
                            Selection.NEWEST,
                            ZoneOffset.UTC,
                            Optional.empty()));
        }
        return new Runbook(
                "sample",
                "A sample",
                "sample-system",
                "somebody",
                Scenario.OPERATOR_ERROR,
                Optional.empty(),
                OBJECTIVES,
                processes,
                sources,
                new ScratchPlan(ScratchPlan.Placement.LOCAL, 15, timeToLive, OptionalLong.empty()),
                deadlines,
                steps,
                Optional.empty(),
                OptionalInt.empty(),
                Governance.NOT_DECLARED,
                Optional.empty(),
                "sample.yaml",
                "0".repeat(64),
                Optional.empty());
    }
}
