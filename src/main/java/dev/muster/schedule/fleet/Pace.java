package dev.muster.schedule.fleet;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** How many tenants a slot has to drill so that each passes in time, without ever becoming many at once. */
final class Pace {
    /** All are gone through in this part of the time that each has: the rest is for slots that do not come. */
    private static final double STEADILY = 0.8;

    /** So much of its time is left when a tenant is drilled at the latest. */
    private static final double AT_THE_LATEST = 0.95;

    private final Basis basis;
    private final Duration each;

    Pace(Basis basis) {
        this.basis = basis;
        this.each = Duration.between(
                basis.slot(),
                basis.slot().atZone(ZoneOffset.UTC).plus(basis.period()).toInstant());
    }

    Duration each() {
        return each;
    }

    /** When a tenant is drilled at the latest. */
    Instant latest(Candidate candidate) {
        return candidate.begin().plus(part(AT_THE_LATEST));
    }

    /** How many go through the fleet steadily; the fraction is drawn for. */
    double steady() {
        return (double) basis.candidates().size() / until(basis.slot().plus(part(STEADILY)));
    }

    /**
     * How many have to be drilled now, since the slots to come could not make up for it.
     *
     * @param urgentFirst by the latest moment
     */
    int pressing(List<Candidate> urgentFirst) {
        double most = 0;
        for (int count = 1; count <= urgentFirst.size(); count++) {
            most = Math.max(most, (double) count / until(latest(urgentFirst.get(count - 1))));
        }
        return most < 1 ? 0 : (int) Math.ceil(most);
    }

    /** This slot and those that come before a moment. */
    private int until(Instant moment) {
        int low = 0;
        int high = basis.coming().size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (basis.coming().get(middle).isBefore(moment)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return 1 + low;
    }

    Duration part(double share) {
        return Duration.ofMillis((long) (each.toMillis() * share));
    }
}
