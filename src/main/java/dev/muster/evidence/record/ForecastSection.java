package dev.muster.evidence.record;

import dev.muster.drill.Forecast;
import java.util.Locale;

/** What is to be expected of a figure, in the same form wherever it is written. */
public final class ForecastSection {
    private ForecastSection() {}

    /** One forecast; the system is told by what stands around it. */
    public static Section of(Forecast forecast) {
        return new Section()
                .with("figure", forecast.of().name().toLowerCase(Locale.ROOT))
                .with("process", forecast.process())
                .with("stage", forecast.stage().map(stage -> stage.label()))
                .with("at", forecast.at())
                .with("expectedSeconds", forecast.expected())
                .with("lowSeconds", forecast.low())
                .with("highSeconds", forecast.high())
                .with("targetSeconds", forecast.target())
                .with("breach", forecast.breach())
                .with("drills", forecast.drills())
                .with("formula", forecast.formula());
    }
}
