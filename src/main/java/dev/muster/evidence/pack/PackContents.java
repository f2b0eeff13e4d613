package dev.muster.evidence.pack;

import dev.muster.ledger.LedgerPart;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is to be put into the pack of a period.
 *
 * @param bundles the bundle of each drill, so far as it is known where it lies
 * @param declared the system of each runbook that there is now, so that one without any drill shows
 */
public record PackContents(Period period, LedgerPart part, Map<String, Path> bundles, Map<String, String> declared) {
    public PackContents {
        bundles = Map.copyOf(bundles);
        declared = Collections.unmodifiableMap(new TreeMap<>(declared));
    }
}
