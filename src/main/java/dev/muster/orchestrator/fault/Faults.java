package dev.muster.orchestrator.fault;

import dev.muster.check.isolation.NoWayOut;
import dev.muster.drill.Asset;
import dev.muster.drill.BackupSource;
import dev.muster.drill.Fault;
import dev.muster.drill.Runbook;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The list of all faults. A new one is a line in one of the lists that this one is made of. */
public final class Faults {
    private Faults() {}

    /** All faults that backups of this runbook could have, whatever its steps look at. */
    public static List<Injection> of(Runbook runbook) {
        List<Injection> faults = new ArrayList<>();
        for (BackupSource source : runbook.backups().values()) {
            if (source.within().isEmpty()) {
                faults.addAll(ObjectFaults.of(source.asset()));
            }
        }
        if (runbook.backups().containsKey(Asset.DATABASE)) {
            faults.addAll(LogFaults.of(runbook.backups().get(Asset.DATABASE).format()));
            faults.addAll(DatabaseFaults.all());
            faults.addAll(OdooFaults.all());
        }
        if (runbook.backups().containsKey(Asset.FILESTORE)) {
            faults.addAll(FileFaults.ofFilestore());
        }
        if (runbook.backups().containsKey(Asset.CONFIGURATION)) {
            faults.addAll(FileFaults.ofConfiguration());
        }
        faults.addAll(VaultFaults.all());
        faults.add(new Injection.IntoNetwork(new Fault(
                "egress-opened",
                "Programs in the scratch reach what is outside of it.",
                Fault.Kind.NETWORK,
                Set.of(NoWayOut.NAME))));
        return List.copyOf(faults);
    }
}
