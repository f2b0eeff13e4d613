package dev.muster.drill;

import java.nio.file.Path;
import java.util.Optional;

/** Passes on what happened. Whoever calls it waits for no receiver, and is never made to fail by one. */
public interface Teller {
    /** Tells nobody. */
    Teller SILENT = new Teller() {
        @Override
        public void ended(DrillRecord record, Optional<Path> bundle) {}

        @Override
        public void tell(News news) {}
    };

    /**
     * A drill has come to its end, and its evidence is written.
     *
     * @param bundle absent when the evidence could not be signed
     */
    void ended(DrillRecord record, Optional<Path> bundle);

    /** Something else happened. */
    void tell(News news);
}
