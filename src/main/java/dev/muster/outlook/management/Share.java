package dev.muster.outlook.management;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/** Some out of all: how many of those that were tried, or counted. */
public record Share(int part, int whole) {
    static final Share NONE = new Share(0, 0);

    private static final int DECIMALS = 4;

    public Share {
        if (part < 0 || part > whole) {
            throw new IllegalArgumentException(part + " are not a part of " + whole);
        }
    }

    /** As a part of one, never rounded up; absent when there is nothing to take a part of. */
    public Optional<BigDecimal> rate() {
        return whole == 0
                ? Optional.empty()
                : Optional.of(BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), DECIMALS, RoundingMode.DOWN));
    }

    Share plus(Share other) {
        return new Share(part + other.part, whole + other.whole);
    }
}
