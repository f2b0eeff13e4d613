package dev.muster.orchestrator;

import dev.muster.check.comparison.Background;
import dev.muster.check.erasure.ErasureList;
import dev.muster.drill.Census;
import dev.muster.drill.CheckResult;
import dev.muster.drill.Erasure;
import dev.muster.scratch.Beside;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What only the one who conducts a drill can do or knows, for those who work in its scratch. */
public interface Outside extends Beside {

    /** Takes back whatever way out the scratch had for fetching; nothing of it may reach out when this returns. */
    void cutOff() throws InterruptedException;

    /** Holds the vaults to what was promised of them. */
    List<CheckResult> askVaults() throws InterruptedException;

    /** The baseline that is nearest to an instant. */
    Background.Known baseline(Instant point) throws InterruptedException;

    /** The rows of the last drill of this runbook that passed with an earlier point. */
    Optional<Census> lastCensus(Instant point) throws InterruptedException;

    /** The list of who was erased since the backup. */
    Erased erased(Erasure.Listing listing) throws InterruptedException;

    /**
     * A list of erasures.
     *
     * @param seen what was observed of it while it was read
     */
    record Erased(ErasureList list, Map<String, String> seen) {
        public Erased {
            seen = Collections.unmodifiableMap(new LinkedHashMap<>(seen));
        }
    }
}
