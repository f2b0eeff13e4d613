package dev.muster.runbook;

import dev.muster.drill.Fleet;
import dev.muster.drill.Roll;
import dev.muster.drill.Runbook;
import dev.muster.runbook.manifest.ManifestFolder;
import dev.muster.runbook.yaml.Document;
import dev.muster.runbook.yaml.StrictReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads runbooks, and finds every mistake in them at once. */
public final class RunbookReader {
    private final StrictReader reader = new StrictReader("runbook");
    private final Set<String> vaults;
    private final Map<String, Set<String>> checks;

    /**
     * @param vaults the names of the vaults in the settings
     * @param checks the groups of checks that there are, and the single checks in each
     */
    public RunbookReader(Set<String> vaults, Map<String, Set<String>> checks) {
        this.vaults = Set.copyOf(vaults);
        this.checks = Map.copyOf(checks);
    }

    /**
     * Reads one runbook.
     *
     * @param overrides values by dotted path, such as {@code backups.database.prefix}, that take the place of the file's
     */
    public RunbookText read(Path file, Map<String, String> overrides) {
        return text(file, reader.read(file, overrides));
    }

    /** Reads one runbook whose bytes are at hand. */
    public RunbookText read(Path file, byte[] content) {
        return read(file, content, Map.of());
    }

    /** Reads one runbook whose bytes are at hand, with values set as for {@link #read(Path, Map)}. */
    public RunbookText read(Path file, byte[] content, Map<String, String> overrides) {
        return text(file, reader.read(file, content, overrides));
    }

    private RunbookText text(Path file, Document written) {
        List<Misprint> further =
                new ArrayList<>(written.whole() ? new FleetRules(written.root(), vaults).misprints() : List.of());
        Document document = filledIn(written);
        if (document.whole()) {
            further.addAll(new TimeRules(document.root()).misprints());
            further.addAll(new GovernanceRules(document.root()).misprints());
            further.addAll(new BackupRules(document.root(), vaults).misprints());
            further.addAll(new BaselineRules(document.root(), vaults).misprints());
            further.addAll(new StepRules(document.root(), checks).misprints());
            further.addAll(new EraseRules(document.root(), vaults).misprints());
            further.addAll(new ClusterRules(document.root()).misprints());
        }
        Map<String, ManifestFolder> folders = ManifestFolder.of(document.root(), file);
        List<Misprint> misprints = new ArrayList<>(document.misprintsWith(further));
        folders.values().forEach(folder -> misprints.addAll(folder.misprints()));
        Optional<Runbook> runbook = misprints.isEmpty()
                ? Optional.of(new RunbookContent(document.root(), ManifestFolder.ensembles(folders))
                        .runbook(
                                file.toString(),
                                document.sha256(),
                                new Checkout(file.toAbsolutePath().resolveSibling("")).commit(file, document.sha256())))
                : Optional.empty();
        return new RunbookText(
                file, runbook, misprints, document.whole() ? new ImageRemarks(document.root()).remarks() : List.of());
    }

    private static Document filledIn(Document written) {
        return written.root()
                .at("fleet")
                .at("tenant")
                .text()
                .filter(Roll::sound)
                .map(tenant -> written.filledIn(Fleet.PLACEHOLDER, tenant))
                .orElse(written);
    }
}
