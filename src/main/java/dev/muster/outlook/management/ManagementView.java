package dev.muster.outlook.management;

import java.time.Instant;
import java.time.YearMonth;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How an estate stands at a moment, and how it went in the twelve months up to it.
 *
 * @param from the first instant of the twelve months
 * @param asAt the first instant that does not count any more
 * @param processes the most critical first, and among those the worst
 * @param withoutRunbook systems that were proven once and that no runbook drills any more
 * @param months twelve, the oldest first; the last one is not over
 * @param drills all that ended in these months, oldest first
 */
public record ManagementView(
        Instant from,
        Instant asAt,
        List<ProcessProof> processes,
        List<String> withoutRunbook,
        Map<YearMonth, PeriodFigures> months,
        Breach breach,
        OpenActions actions,
        List<PastDrill> drills) {
    public ManagementView {
        processes = List.copyOf(processes);
        withoutRunbook = List.copyOf(withoutRunbook);
        months = Collections.unmodifiableMap(new LinkedHashMap<>(months));
        drills = List.copyOf(drills);
    }

    /** The twelve months together. */
    public PeriodFigures year() {
        return months.values().stream().reduce(PeriodFigures.NONE, PeriodFigures::plus);
    }

    /** How many processes stand like this. */
    public long count(ProcessProof.State state) {
        return processes.stream().filter(process -> process.state() == state).count();
    }
}
