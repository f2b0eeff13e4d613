package dev.muster.evidence.pack;

import dev.muster.ledger.LedgerPart;
import dev.muster.outlook.management.ManagementView;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is to be put into the pack of a period.
 *
 * @param bundles the bundle of each drill, so far as it is known where it lies
 * @param declared the system of each runbook that there is now, so that one without any drill shows
 * @param management how everything stood at the end of the period, as the catalog remembers it
 */
public record PackContents(
        Period period,
        LedgerPart part,
        Map<String, Path> bundles,
        Map<String, String> declared,
        ManagementView management) {
    public PackContents {
        bundles = Map.copyOf(bundles);
        declared = Collections.unmodifiableMap(new TreeMap<>(declared));
    }
}
