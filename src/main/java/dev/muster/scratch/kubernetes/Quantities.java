package dev.muster.scratch.kubernetes;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Amounts as Kubernetes writes them. */
final class Quantities {
    private static final int THOUSAND = 1000;
    private static final int BINARY = 10;
    private static final long MEBIBYTE = 1L << 20;

    private Quantities() {}

    /** So many bytes, rounded up to whole mebibytes, in the largest unit that is exact. */
    static Quantity bytes(long bytes) {
        long mebibytes = Math.max(1, (bytes + MEBIBYTE - 1) / MEBIBYTE);
        return mebibytes % (1 << BINARY) == 0
                ? new Quantity(Long.toString(mebibytes >> BINARY), "Gi")
                : new Quantity(Long.toString(mebibytes), "Mi");
    }

    /** So many processors, in the form that the cluster gives back. */
    static Quantity processors(BigDecimal processors) {
        long thousandths = processors
                .multiply(BigDecimal.valueOf(THOUSAND))
                .setScale(0, RoundingMode.CEILING)
                .longValueExact();
        return thousandths % THOUSAND == 0
                ? new Quantity(Long.toString(thousandths / THOUSAND))
                : new Quantity(Long.toString(thousandths), "m");
    }
}
