package dev.muster.outlook.forecast;

import dev.muster.drill.Objectives;
import dev.muster.drill.Runbook;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is promised today for one system, the strictest where several runbooks promise something.
 *
 * @param processes by name
 */
public record Targets(Optional<Objectives> system, Map<String, Objectives> processes) {
    /** Nothing is promised, or nobody knows what. */
    public static final Targets NONE = new Targets(Optional.empty(), Map.of());

    public Targets {
        processes = Collections.unmodifiableMap(new TreeMap<>(processes));
    }

    /** Those of a system's runbooks. */
    public static Targets of(Collection<Runbook> runbooks) {
        Map<String, Objectives> processes = new TreeMap<>();
        for (Runbook runbook : runbooks) {
            runbook.processes()
                    .forEach((name, process) -> processes.merge(name, process.objectives(), Targets::strictest));
        }
        return new Targets(runbooks.stream().map(Runbook::objectives).reduce(Targets::strictest), processes);
    }

    private static Objectives strictest(Objectives one, Objectives other) {
        return new Objectives(shorter(one.rpo(), other.rpo()), shorter(one.rto(), other.rto()));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
