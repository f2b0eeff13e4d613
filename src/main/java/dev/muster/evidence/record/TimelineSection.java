package dev.muster.evidence.record;

import dev.muster.drill.DrillRecord;
import dev.muster.drill.Stage;
import dev.muster.drill.TimelineEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** When what was done, and how long it was expected to take. */
final class TimelineSection {
    private TimelineSection() {}

    static Section of(DrillRecord record) {
        Map<Stage, Duration> expected = record.request().runbook().governance().expected();
        TreeSet<Stage> stages = new TreeSet<>(expected.keySet());
        record.timeline().forEach(entry -> stages.add(entry.stage()));
        return new Section()
                .with("planned", record.planned())
                .with("started", record.started())
                .with("finished", record.finished())
                .with(
                        "stages",
                        stages.stream()
                                .map(stage -> stage(
                                        stage,
                                        Optional.ofNullable(expected.get(stage)),
                                        record.timeline().stream()
                                                .filter(entry -> entry.stage() == stage)
                                                .toList()))
                                .toList())
                .with("entries", Parts.each(record.timeline(), TimelineSection::entry));
    }

    private static Section stage(Stage stage, Optional<Duration> expected, List<TimelineEntry> entries) {
        Optional<Duration> actual = entries.isEmpty() ? Optional.empty() : Optional.of(spent(entries));
        return new Section()
                .with("stage", stage.label())
                .with("expectedSeconds", expected)
                .with("actualSeconds", actual)
                .with("met", expected.flatMap(limit -> actual.map(took -> took.compareTo(limit) <= 0)));
    }

    /** What is done side by side takes its time once. */
    private static Duration spent(List<TimelineEntry> entries) {
        Duration spent = Duration.ZERO;
        Instant until = Instant.MIN;
        for (TimelineEntry entry : entries.stream()
                .sorted(Comparator.comparing(TimelineEntry::started))
                .toList()) {
            Instant from = entry.started().isAfter(until) ? entry.started() : until;
            if (entry.finished().isAfter(from)) {
                spent = spent.plus(Duration.between(from, entry.finished()));
                until = entry.finished();
            }
        }
        return spent;
    }

    private static Section entry(TimelineEntry entry) {
        return new Section()
                .with("stage", entry.stage().label())
                .with("work", entry.work())
                .with("started", entry.started())
                .with("finished", entry.finished())
                .with("tookSeconds", entry.took());
    }
}
