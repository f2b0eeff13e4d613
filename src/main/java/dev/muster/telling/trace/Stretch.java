package dev.muster.telling.trace;

import dev.muster.drill.Stage;
import dev.muster.drill.TimelineEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A stage for as long as it lasted. A drill that walked back went through some of its stages more than once. */
final class Stretch {
    final Stage stage;
    final List<TimelineEntry> works = new ArrayList<>();

    private Stretch(Stage stage) {
        this.stage = stage;
    }

    Instant started() {
        return works.get(0).started();
    }

    Instant finished() {
        return works.stream()
                .map(TimelineEntry::finished)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** The stretches of a drill in their order, each with its works. */
    static List<Stretch> of(List<TimelineEntry> timeline) {
        List<Stretch> stretches = new ArrayList<>();
        timeline.stream()
                .sorted(Comparator.comparing(TimelineEntry::started))
                .forEach(entry -> goingOn(stretches, entry).works.add(entry));
        return stretches;
    }

    private static Stretch goingOn(List<Stretch> stretches, TimelineEntry entry) {
        for (int last = stretches.size() - 1; last >= 0; last--) {
            Stretch stretch = stretches.get(last);
            boolean newest = last == stretches.size() - 1;
            if (stretch.stage == entry.stage() && (newest || !entry.started().isAfter(stretch.finished()))) {
                return stretch;
            }
        }
        Stretch begun = new Stretch(entry.stage());
        stretches.add(begun);
        return begun;
    }
}
