package dev.muster.orchestrator.fault;

import dev.muster.drill.Fault;
import dev.muster.orchestrator.fault.Injection.IntoVault.Telling;
import java.util.List;
import java.util.Set;

/** Faults that only the vault itself can show. */
final class VaultFaults {
    private VaultFaults() {}

    static List<Injection> all() {
        return List.of(
                fault(
                        "backup-changed-meanwhile",
                        "Somebody overwrites the backup while the drill uses it.",
                        Set.of("source-unchanged"),
                        Telling.CHANGED_MEANWHILE),
                fault(
                        "backup-job-silent",
                        "The backup job has stored nothing for as long as ten backups would have taken.",
                        Set.of("vault-freshness", "objective: rpo"),
                        Telling.NOTHING_NEWER));
    }

    private static Injection fault(String name, String sentence, Set<String> meant, Telling telling) {
        return new Injection.IntoVault(new Fault(name, sentence, Fault.Kind.VAULT, meant), telling);
    }
}
