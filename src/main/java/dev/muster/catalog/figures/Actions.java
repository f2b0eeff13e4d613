package dev.muster.catalog.figures;

import dev.muster.catalog.Store;
import java.util.List;

/** What is done about the findings of drills. */
public final class Actions {
    public Actions(Store store) {}

    public List<Action> all() {
        return List.of();
    }
}
