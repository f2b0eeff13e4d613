package dev.muster.evidence.record;

import dev.muster.drill.LedgerEvent;
import dev.muster.drill.Programme;
import java.util.List;

/** The drills around this one, counted, and where this one stands in the ledger. */
final class ProgrammeSection {
    private ProgrammeSection() {}

    static Section of(Programme programme, List<LedgerEvent> events) {
        return new Section()
                .with("since", programme.since())
                .with("system", counts(programme.system()))
                .with("all", counts(programme.all()))
                .with(
                        "coverage",
                        new Section().with("systems", programme.systems()).with("passed", programme.proven()))
                .with("tries", Parts.each(programme.tries(), ProgrammeSection::attempt))
                .with("forecast", Parts.each(programme.forecasts(), ForecastSection::of))
                .with("ledger", Parts.each(events, ProgrammeSection::event));
    }

    private static Section counts(Programme.Counts counts) {
        return new Section()
                .with("planned", counts.planned())
                .with("run", counts.run())
                .with("passed", counts.passed())
                .with("failed", counts.failed())
                .with("couldNotRun", counts.couldNotRun())
                .with("aborted", counts.aborted())
                .with("missed", counts.missed())
                .with("refused", counts.refused());
    }

    private static Section attempt(Programme.Try attempt) {
        return new Section()
                .with("drill", attempt.drill())
                .with("planned", attempt.planned())
                .with("outcome", attempt.outcome());
    }

    private static Section event(LedgerEvent event) {
        return new Section()
                .with("sequence", event.sequence())
                .with("kind", event.kind().name())
                .with("at", event.at())
                .with("digest", event.digest());
    }
}
