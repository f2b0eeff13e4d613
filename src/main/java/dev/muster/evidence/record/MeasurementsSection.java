package dev.muster.evidence.record;

import dev.muster.drill.DrillRecord;
import dev.muster.drill.Programme;
import dev.muster.drill.Readings;

/** What was measured, by which formula, and how that compares with the drills before. */
final class MeasurementsSection {
    private MeasurementsSection() {}

    static Section of(DrillRecord record) {
        return new Section()
                .with("rpo", Parts.figure(record.rpo()))
                .with("rto", Parts.figure(record.rto()))
                .with("effectiveRpo", record.effectiveRpo().map(Parts::figure))
                .with("processes", Parts.byName(record.processes(), Parts::process))
                .with("readings", Parts.byAsset(record.readings(), MeasurementsSection::readings))
                .with("skewSeconds", record.skew())
                .with("trend", Parts.each(record.programme().trend(), MeasurementsSection::past));
    }

    private static Section readings(Readings readings) {
        return new Section()
                .with("claimed", Parts.reading(readings.claimed()))
                .with("proven", Parts.reading(readings.proven()))
                .with("seen", Parts.reading(readings.seen()));
    }

    private static Section past(Programme.Past past) {
        return new Section()
                .with("drill", past.drill())
                .with("ended", past.ended())
                .with("verdict", past.verdict().name())
                .with("rpoSeconds", past.rpo())
                .with("rtoSeconds", past.rto());
    }
}
