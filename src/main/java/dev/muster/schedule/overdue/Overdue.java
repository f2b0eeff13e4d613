package dev.muster.schedule.overdue;

import dev.muster.catalog.Catalog;
import dev.muster.catalog.figures.Figures;
import dev.muster.catalog.figures.Outcome;
import dev.muster.catalog.slot.Alarms;
import dev.muster.catalog.slot.Slots;
import dev.muster.catalog.slot.Watched;
import dev.muster.drill.EventKind;
import dev.muster.drill.Runbook;
import dev.muster.ledger.Ledger;
import dev.muster.outlook.Standing;
import dev.muster.outlook.Standings;
import dev.muster.runbook.library.Library;
import dev.muster.runbook.library.Shelved;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which systems have not been proven within the time that was promised: a state of its own, whatever drills did. */
public final class Overdue {
    private final Library library;
    private final Catalog catalog;
    private final Standings standings;
    private final Slots slots;
    private final Alarms alarms;
    private final Ledger ledger;

    public Overdue(Library library, Catalog catalog, Ledger ledger) {
        this.library = library;
        this.catalog = catalog;
        this.standings = new Standings(new Figures(catalog));
        this.slots = new Slots(catalog);
        this.alarms = new Alarms(catalog);
        this.ledger = ledger;
    }

    /**
     * Notes in the ledger each system that has become overdue, once each time.
     *
     * @return the systems that are overdue now
     */
    public List<Proven> look(Instant now) {
        alarms.unnoted().forEach(this::noteWhatWasLeft);
        List<Proven> overdue =
                systems(now).stream().filter(system -> system.overdue(now)).toList();
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
        List<Runbook> good = library.runbooks().stream()
                .map(Shelved::good)
                .flatMap(Optional::stream)
                .toList();
        Map<String, Watched> watched = slots.watched();
        return standings.all(good, now).stream()
                .filter(standing -> !standing.runbooks().isEmpty())
                .map(standing -> proven(standing, watched, now))
                .toList();
    }

    private static Proven proven(Standing standing, Map<String, Watched> watched, Instant now) {
        Optional<Outcome> last = standing.lastPassed();
        // Who was never proven had the time since the runbook came.
        Instant from = last.map(Outcome::ended)
                .orElseGet(() -> standing.runbooks().stream()
                        .flatMap(runbook -> Optional.ofNullable(watched.get(runbook.name())).stream())
                        .map(Watched::since)
                        .min(Comparator.naturalOrder())
                        .orElse(now));
        return new Proven(
                standing.system(),
                last,
                standing.promise(),
                standing.promise().map(from::plus),
                last.flatMap(passed -> changed(passed, standing.runbooks())));
    }

    private static Optional<Boolean> changed(Outcome last, List<Runbook> runbooks) {
        return last.runbookSha256()
                .map(digest -> runbooks.stream()
                        .noneMatch(runbook -> runbook.name().equals(last.runbook())
                                && runbook.sha256().equals(digest)));
    }
}
