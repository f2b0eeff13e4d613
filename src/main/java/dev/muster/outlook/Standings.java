package dev.muster.outlook;

import dev.muster.catalog.figures.Figures;
import dev.muster.catalog.figures.Outcome;
import dev.muster.drill.Runbook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Says of every system how it stands: of those that have a runbook, and of those that were ever proven. */
public final class Standings {
    private final Figures figures;

    public Standings(Figures figures) {
        this.figures = figures;
    }

    /** All systems, by name, with what had passed by that moment; the tenants of fleets, which may be thousands, stand with their fleets. */
    public List<Standing> all(List<Runbook> good, Instant now) {
        List<Runbook> runbooks =
                good.stream().filter(runbook -> !runbook.template()).toList();
        Set<String> fleets =
                good.stream().filter(Runbook::template).map(Runbook::name).collect(Collectors.toSet());
        Map<String, List<Outcome>> passed = figures.lastPassed(now).stream()
                .filter(outcome -> !fleets.contains(outcome.runbook()))
                .collect(Collectors.groupingBy(Outcome::system, TreeMap::new, Collectors.toList()));
        Map<String, List<Runbook>> known =
                runbooks.stream().collect(Collectors.groupingBy(Runbook::system, TreeMap::new, Collectors.toList()));
        Set<String> systems = new TreeSet<>(passed.keySet());
        systems.addAll(known.keySet());
        List<Standing> standings = new ArrayList<>();
        for (String system : systems) {
            standings.add(standing(
                    system, known.getOrDefault(system, List.of()), passed.getOrDefault(system, List.of()), now));
        }
        return standings;
    }

    private static Standing standing(String system, List<Runbook> runbooks, List<Outcome> passed, Instant now) {
        List<Outcome> newestFirst = passed.stream()
                .sorted(Comparator.comparing(Outcome::ended).reversed())
                .toList();
        Optional<Outcome> last = newestFirst.stream().findFirst();
        Optional<Duration> promise = runbooks.stream()
                .flatMap(runbook -> runbook.governance().provenEvery().stream())
                .min(Comparator.naturalOrder());
        List<String> changed = runbooks.stream()
                .filter(runbook -> newestFirst.stream().anyMatch(outcome -> differs(outcome, runbook)))
                .map(Runbook::name)
                .toList();
        Standing.State state = state(last, promise, !changed.isEmpty(), now);
        return new Standing(system, state, runbooks, last, promise, changed, newestFirst);
    }

    /** What is not known of an old drill's runbook is not known to be the same. */
    private static boolean differs(Outcome outcome, Runbook runbook) {
        return outcome.runbook().equals(runbook.name())
                && !outcome.runbookSha256().equals(Optional.of(runbook.sha256()));
    }

    private static Standing.State state(
            Optional<Outcome> last, Optional<Duration> promise, boolean changed, Instant now) {
        if (last.isEmpty()) {
            return Standing.State.NEVER_PROVEN;
        }
        if (promise.filter(limit -> last.get().ended().plus(limit).isBefore(now))
                .isPresent()) {
            return Standing.State.OVERDUE;
        }
        if (changed) {
            return Standing.State.NOT_PROVEN_SINCE_CHANGE;
        }
        return promise.isPresent() ? Standing.State.PROVEN : Standing.State.NO_PROMISE;
    }
}
