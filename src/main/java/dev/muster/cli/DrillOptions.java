package dev.muster.cli;

import dev.muster.drill.DrillRequest;
import dev.muster.drill.Fleet;
import dev.muster.drill.Problem;
import dev.muster.drill.Roll;
import dev.muster.drill.Runbook;
import dev.muster.runbook.RunbookText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which drill is meant: what all commands take that drill, or say what a drill would do. */
@Command(resourceBundle = "dev.muster.cli.DrillOptions")
final class DrillOptions {
    @Parameters(paramLabel = "RUNBOOK", description = "A runbook's file, or its name in the runbooks' folder.")
    private String runbook;

    // The bundle has other words for commands that mean a little less by an option.
    @Option(
            names = "--at",
            paramLabel = "T",
            description = "The disaster instant, such as 2026-11-20T02:00:00Z; else now.")
    private @Nullable String at;

    @Option(
            names = "--backup",
            paramLabel = "ASSET=ID",
            description = "Restore this backup (object key or name) instead of the one the runbook would choose.")
    private Map<String, String> backups = new LinkedHashMap<>();

    @Option(
            names = "--set",
            paramLabel = "K=V",
            description = "Set a value of the runbook, such as scratch.postgres=16.")
    private Map<String, String> overrides = new LinkedHashMap<>();

    @Option(names = "--tenant", paramLabel = "NAME", description = "The tenant, where the runbook is about a fleet.")
    private @Nullable String tenant;

    /** The runbook as it was typed. */
    String runbook() {
        return runbook;
    }

    /** Whether it was said which backups to restore. */
    boolean chooses() {
        return at != null || !backups.isEmpty();
    }

    RunbookText read(MusterCommand muster, Workshop workshop) throws InterruptedException {
        RunbookText text = muster.read(workshop, runbook, overrides);
        Optional<Runbook> read = text.runbook();
        if (tenant != null && read.filter(one -> one.fleet().isEmpty()).isPresent()) {
            throw new WrongUsage(new Problem(
                    "The runbook is about one system and knows no tenants", "--tenant", "Leave --tenant out."));
        }
        if (tenant != null && read.isPresent()) {
            overrides.put(Fleet.TENANT, tenant);
            return muster.read(workshop, runbook, overrides);
        }
        if (read.filter(Runbook::template).isPresent()) {
            throw tenantWanted(workshop.rolls().of(read.get()));
        }
        return text;
    }

    private WrongUsage tenantWanted(Roll roll) {
        return new WrongUsage(new Problem(
                "The runbook is the template of a fleet of " + roll.tenants().size() + " tenants, and none is named",
                runbook,
                "Name one"
                        + (roll.tenants().isEmpty()
                                ? ""
                                : ", such as --tenant " + roll.tenants().get(0))
                        + "; `muster fleet show " + runbook + "` lists them."));
    }

    /** The drill of this runbook, without a scratch to keep. */
    DrillRequest request(MusterCommand muster, Runbook read) {
        return request(muster, read, Optional.empty());
    }

    /**
     * The drill of this runbook.
     *
     * @param keep how long its scratch stays open, as it was typed
     */
    DrillRequest request(MusterCommand muster, Runbook read, Optional<String> keep) {
        return Requests.of(
                read, Optional.ofNullable(at), backups, overrides, keep, DrillRequest.Trigger.OPERATOR, muster.clock());
    }
}
