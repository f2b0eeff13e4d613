package dev.muster.scratch.kubernetes;

import dev.muster.drill.Progress;
import dev.muster.drill.Stage;
import java.util.List;

/** Keeps what those would hear who watch a drill. */
record Told(List<String> lines) implements Progress {
    @Override
    public void begins(Stage stage) {}

    @Override
    public void advances(String work, long done, long total, Unit unit) {}

    @Override
    public void says(String line) {
        lines.add(line);
    }
}
