package dev.muster.schedule.overdue;

import dev.muster.catalog.Catalog;
import dev.muster.catalog.fleet.Fleets;
import dev.muster.catalog.slot.Alarms;
import dev.muster.catalog.slot.Slots;
import dev.muster.catalog.slot.Watched;
import dev.muster.drill.DrillSummary;
import dev.muster.drill.EventKind;
import dev.muster.drill.Runbook;
import dev.muster.ledger.Ledger;
import dev.muster.runbook.library.Library;
import dev.muster.runbook.library.Shelved;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which systems have not been proven within the time that was promised: a state of its own, whatever drills did. */
public final class Overdue {
    private final Library library;
    private final Catalog catalog;
    private final Slots slots;
    private final Alarms alarms;
    private final Ledger ledger;
    private final TenantPromises tenants;
    /** The digest of the runbook that a drill followed, empty where the ledger does not know it. */
    private final Map<String, Optional<String>> followed = new ConcurrentHashMap<>();

    public Overdue(Library library, Catalog catalog, Ledger ledger) {
        this.library = library;
        this.catalog = catalog;
        this.slots = new Slots(catalog);
        this.alarms = new Alarms(catalog);
        this.ledger = ledger;
        this.tenants = new TenantPromises(library, new Fleets(catalog));
    }

    /**
     * Notes in the ledger each system that has become overdue, once each time.
     *
     * @return the systems that are overdue now
     */
    public List<Proven> look(Instant now) {
        alarms.unnoted().forEach(this::noteWhatWasLeft);
        List<Proven> overdue = Stream.concat(systems(now).stream(), tenants.promised().stream())
                .filter(system -> system.overdue(now))
                .toList();
        for (Proven one : overdue) {
            Alarms.Alarm alarm = new Alarms.Alarm(one.system(), one.until().orElseThrow());
            if (!alarms.raised(alarm) && alarms.raise(alarm)) {
                note(alarm);
            }
        }
        return overdue;
    }

    /** What somebody raised and could not note, since he died in between or had no room on the disk. */
    private void noteWhatWasLeft(Alarms.Alarm alarm) {
        if (ledger.events().stream().anyMatch(event -> event.drill().equals(name(alarm)))) {
            alarms.noted(alarm);
        } else {
            note(alarm);
        }
    }

    private void note(Alarms.Alarm alarm) {
        Map<String, String> details = new TreeMap<>();
        details.put("system", alarm.system());
        details.put("since", alarm.since().toString());
        catalog.lastPassed(alarm.system()).ifPresent(last -> details.put("last passed", last.drill()));
        ledger.append(EventKind.OVERDUE, name(alarm), details);
        alarms.noted(alarm);
    }

    private static String name(Alarms.Alarm alarm) {
        return "overdue-" + alarm.system() + "-" + alarm.since();
    }

    /** Every system that a runbook is there for, by name. */
    public List<Proven> systems(Instant now) {
        Map<String, List<Runbook>> bySystem = library.runbooks().stream()
                .map(Shelved::good)
                .flatMap(Optional::stream)
                .filter(runbook -> !runbook.template())
                .collect(Collectors.groupingBy(Runbook::system, TreeMap::new, Collectors.toList()));
        Map<String, Watched> watched = slots.watched();
        List<Proven> systems = new ArrayList<>();
        bySystem.forEach((system, runbooks) -> systems.add(proven(system, runbooks, watched, now)));
        return List.copyOf(systems);
    }

    private Proven proven(String system, List<Runbook> runbooks, Map<String, Watched> watched, Instant now) {
        Optional<DrillSummary> last = catalog.lastPassed(system);
        Optional<Duration> promised = runbooks.stream()
                .flatMap(runbook -> runbook.governance().provenEvery().stream())
                .min(Comparator.naturalOrder());
        // Who was never proven had the time since the runbook came.
        Instant from = last.flatMap(DrillSummary::finished)
                .orElseGet(() -> runbooks.stream()
                        .flatMap(runbook -> Optional.ofNullable(watched.get(runbook.name())).stream())
                        .map(Watched::since)
                        .min(Comparator.naturalOrder())
                        .orElse(now));
        return new Proven(
                system, last, promised, promised.map(from::plus), last.flatMap(drill -> changed(drill, runbooks)));
    }

    private Optional<Boolean> changed(DrillSummary last, List<Runbook> runbooks) {
        if (!followed.containsKey(last.drill())) {
            ledger.events().stream()
                    .filter(event -> event.kind() == EventKind.PLANNED)
                    .forEach(event -> followed.put(
                            event.drill(), Optional.ofNullable(event.details().get("runbook sha256"))));
            followed.putIfAbsent(last.drill(), Optional.empty());
        }
        return followed.getOrDefault(last.drill(), Optional.empty())
                .map(digest -> runbooks.stream()
                        .noneMatch(runbook -> runbook.name().equals(last.runbook())
                                && runbook.sha256().equals(digest)));
    }
}
