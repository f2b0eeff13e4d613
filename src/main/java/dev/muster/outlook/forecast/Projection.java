package dev.muster.outlook.forecast;

import dev.muster.catalog.figures.DrillFigures;
import dev.muster.drill.Forecast;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A forecast with the drills that it rests on, and what it says of any other moment, as a picture needs it. */
public final class Projection {
    private static final Duration QUARTER = Duration.ofDays(90);

    private final Forecast forecast;
    private final Prospect prospect;

    private Projection(Forecast forecast, Prospect prospect) {
        this.forecast = forecast;
        this.prospect = prospect;
    }

    /** What a figure says of the next quarter; absent when its past is too short, too long ago, or too wild. */
    static Optional<Projection> of(Subject subject, List<DrillFigures> drills, Instant now) {
        return subject.series(drills).flatMap(Prospect::of).flatMap(prospect -> {
            Instant quarter = now.plus(QUARTER);
            Instant reach = prospect.series().last().plus(prospect.span());
            Instant at = quarter.isBefore(reach) ? quarter : reach;
            return at.isAfter(now) && prospect.band(at).says()
                    ? Optional.of(new Projection(forecast(subject, prospect, at, now), prospect))
                    : Optional.empty();
        });
    }

    private static Forecast forecast(Subject subject, Prospect prospect, Instant at, Instant now) {
        Band band = prospect.band(at);
        Optional<Prospect.Breach> breach = subject.target().flatMap(target -> prospect.breach(target, now));
        return new Forecast(
                subject.system(),
                subject.process(),
                subject.of(),
                subject.stage(),
                at,
                band.middle(),
                band.low(),
                band.high(),
                subject.target(),
                breach.map(Prospect.Breach::at),
                prospect.used().size(),
                Formula.of(prospect, breach));
    }

    public Forecast forecast() {
        return forecast;
    }

    /** What is to be expected at a moment. */
    public Band band(Instant moment) {
        return prospect.band(moment);
    }

    /** All drills that measured the figure, oldest first. */
    public List<Point> points() {
        return prospect.series().points();
    }

    /** The newest of them, on which it rests. */
    public List<Point> used() {
        return prospect.used();
    }
}
