package dev.muster.web.api;

import dev.muster.evidence.pack.Period;
import java.nio.file.Path;

/** Packs all evidence of a period. */
public interface Packing {
    void pack(Period period, Path output) throws InterruptedException;
}
