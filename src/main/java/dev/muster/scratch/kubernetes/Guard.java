package dev.muster.scratch.kubernetes;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Keeps scratches out of contexts and namespaces that the settings guard, whatever a runbook says. */
final class Guard {
    private final ClusterSettings.Guarded guarded;

    Guard(ClusterSettings.Guarded guarded) {
        this.guarded = guarded;
    }

    /** Refuses a cluster that scratches have no business in. */
    void admitContext(String context) {
        match(guarded.contexts(), context).ifPresent(entry -> {
            throw new CouldNotRun(new Problem(
                    "Scratches are not opened in the cluster of the context `" + context
                            + "`: the settings guard it by `" + entry + "`",
                    "kubernetes.guard.contexts in the settings",
                    "Name another one as kubernetes.context in the settings. No runbook and no option gets past the"
                            + " guard."));
        });
    }

    /** Refuses a namespace that scratches have no business in. */
    void admitNamespace(String namespace) {
        match(guarded.namespaces(), namespace).ifPresent(entry -> {
            throw new CouldNotRun(new Problem(
                    "Scratches are not opened in the namespace `" + namespace + "`: it is guarded by `" + entry + "`",
                    "kubernetes.guard.namespaces in the settings",
                    "Name another one as scratch.kubernetes.namespace in the runbook, or leave that out and let each"
                            + " drill have its own."));
        });
    }

    /** Refuses a namespace that is there already and that nobody has prepared for scratches. */
    static void admitPrepared(String namespace, Map<String, String> labels) {
        if (!Labels.ALLOWED.equals(labels.get(Labels.SCRATCH))) {
            throw new CouldNotRun(new Problem(
                    "Nobody has prepared the namespace `" + namespace + "` for scratches: it lacks the label "
                            + Labels.SCRATCH + "=" + Labels.ALLOWED,
                    "scratch.kubernetes.namespace in the runbook",
                    "If nothing else lives there, let an administrator run `kubectl label namespace " + namespace + " "
                            + Labels.SCRATCH + "=" + Labels.ALLOWED + "`; else name another one."));
        }
    }

    private static Optional<String> match(Iterable<String> entries, String name) {
        for (String entry : entries) {
            String letters = Pattern.quote(entry).replace("*", "\\E.*\\Q");
            if (Pattern.matches(letters, name)) {
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }
}
