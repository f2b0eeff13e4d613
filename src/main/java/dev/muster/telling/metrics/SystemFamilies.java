package dev.muster.telling.metrics;

import dev.muster.catalog.figures.Figures;
import dev.muster.catalog.figures.Outcome;
import dev.muster.drill.Runbook;
import dev.muster.outlook.Standing;
import dev.muster.outlook.Standings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** How each system stands, and what the last drill of each of its runbooks found. */
final class SystemFamilies {
    private final Figures figures;
    private final Clock clock;

    SystemFamilies(Figures figures, Clock clock) {
        this.figures = figures;
        this.clock = clock;
    }

    List<Family> of(List<Runbook> runbooks) {
        List<Standing> standings = new Standings(figures).all(runbooks, clock.instant());
        DrillFamilies drills = new DrillFamilies();
        Map<String, Set<String>> known =
                standings.stream().collect(Collectors.toMap(Standing::system, SystemFamilies::names));
        figures.newest().stream()
                .filter(drill -> counts(
                        drill.outcome(), known.getOrDefault(drill.outcome().system(), Set.of())))
                .collect(Collectors.groupingBy(drill ->
                        List.of(drill.outcome().system(), drill.outcome().runbook())))
                .values()
                .forEach(drills::add);
        List<Family> families = new ArrayList<>(standing(standings));
        families.addAll(drills.families());
        return families;
    }

    /** What runbooks of before found does not hold any more, unless there is nothing else. */
    private static boolean counts(Outcome outcome, Set<String> runbooks) {
        return runbooks.isEmpty() || runbooks.contains(outcome.runbook());
    }

    private static Set<String> names(Standing standing) {
        return standing.runbooks().stream().map(Runbook::name).collect(Collectors.toSet());
    }

    private static List<Family> standing(List<Standing> standings) {
        Family success = new Family(
                "muster_system_last_success_timestamp_seconds",
                "When the newest drill ended that passed; absent when none ever did.",
                "system");
        Family promise = new Family(
                "muster_system_promise_seconds",
                "The longest time that may pass between two drills that passed.",
                "system");
        Family overdue = new Family(
                "muster_system_overdue",
                "Whether more time has passed since the last success than was promised.",
                "system");
        Family state = new Family(
                "muster_system_standing", "How the system stands: 1 for the one that holds.", "system", "standing");
        for (Standing standing : standings) {
            String system = standing.system();
            standing.lastPassed().ifPresent(passed -> success.add(passed.ended(), system));
            standing.promise().ifPresent(longest -> promise.add(longest, system));
            if (standing.provenUntil().isPresent()) {
                overdue.add(standing.overdueSince().isPresent(), system);
            }
            for (Standing.State each : Standing.State.values()) {
                state.add(each == standing.state(), system, Sources.label(each));
            }
        }
        return List.of(success, promise, overdue, state);
    }
}
