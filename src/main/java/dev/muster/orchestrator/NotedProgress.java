package dev.muster.orchestrator;

import dev.muster.drill.Progress;
import dev.muster.drill.Stage;
import java.time.Clock;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Tells those who watch, and keeps what is said for the drill's log. */
final class NotedProgress implements Progress {
    private final Progress watching;
    private final Notes notes;
    private final Clock clock;
    private final Set<String> begun = ConcurrentHashMap.newKeySet();
    private final Set<String> done = ConcurrentHashMap.newKeySet();

    NotedProgress(Progress watching, Notes notes, Clock clock) {
        this.watching = watching;
        this.notes = notes;
        this.clock = clock;
    }

    @Override
    public void begins(Stage stage) {
        note("stage " + stage.label());
        watching.begins(stage);
    }

    /** Of a piece of work the log has its beginning and its end. */
    @Override
    public void advances(String work, long reached, long total, Unit unit) {
        if (begun.add(work)) {
            note(work + ": begun");
        }
        if (total > 0 && reached >= total && done.add(work)) {
            note(work + ": done, " + total + " " + unit.name().toLowerCase(Locale.ROOT));
        }
        watching.advances(work, reached, total, unit);
    }

    @Override
    public void says(String line) {
        note(line);
        watching.says(line);
    }

    private void note(String line) {
        notes.said(clock.instant(), line);
    }
}
