package dev.muster.schedule.fleet;

/** Numbers that look drawn, and follow from a seed: {@code SHA-256(seed, purpose, tenant)} as a part of one. */
final class Draw {
    private static final int DIGITS = 13;
    private static final double ALL = 0x1p52;

    private final String seed;

    Draw(String seed) {
        this.seed = seed;
    }

    /** More than zero and less than one. */
    double of(String purpose, String tenant) {
        String digest = Basis.sha256(seed + "\n" + purpose + "\n" + tenant);
        return (Long.parseLong(digest.substring(0, DIGITS), 16) + 0.5) / ALL;
    }

    /** Least for those that a draw by these weights takes first (Efraimidis and Spirakis). */
    double weighted(String purpose, String tenant, int weight) {
        return -StrictMath.log(of(purpose, tenant)) / weight;
    }
}
