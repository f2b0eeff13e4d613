package dev.muster.outlook.fleet;

import dev.muster.catalog.fleet.Lot;
import dev.muster.outlook.fleet.TenantStanding.State;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The statement that follows from those who were drawn by lot. They are a uniform sample without replacement of the
 * tenants that were there from the first draw on, whatever became of their drills: no lot looks at that. So the number of
 * bad ones among these is bounded exactly; to it comes what is known of single tenants since.
 */
final class Claim {
    private static final String FORMULA =
            "S = tenants there since the first draw; of n drawn by lot among them, f did not pass (could not run counts);"
                    + " B = greatest number of bad ones with P(at most f | hypergeometric S, B, n) > 1 - confidence;"
                    + " restorable = S - B + repaired since - broken since + proven newcomers, at least all proven ones,"
                    + " at most all not found bad";

    private final List<TenantStanding> present;
    private final Map<String, TenantStanding> byName = new HashMap<>();
    private final int confidence;

    /** @param tenants those that vanished are left out */
    Claim(Collection<TenantStanding> tenants, int confidence) {
        this.present =
                tenants.stream().filter(one -> one.state() != State.VANISHED).toList();
        this.present.forEach(one -> byName.put(one.member().tenant(), one));
        this.confidence = confidence;
    }

    /** @param lots those within the time that each has, by slot */
    Statement statement(List<Lot> lots) {
        List<Lot> ended = withoutUnderWay(lots);
        int all = present.size();
        int proven = count(State.PROVEN);
        if (all > 0 && proven == all) {
            return new Statement(
                    all,
                    proven,
                    0,
                    0,
                    confidence,
                    Optional.of(all),
                    "Each of the " + all + " tenants is proven.",
                    FORMULA);
        }
        if (ended.isEmpty()) {
            return silent(proven, "no tenant has been drawn by lot and drilled within the time that each has");
        }
        Instant first = ended.get(0).slot();
        Map<String, Lot> drawn = new HashMap<>();
        ended.stream()
                .filter(lot -> byName.containsKey(lot.tenant()) && steady(lot.tenant(), first))
                .forEach(lot -> drawn.put(lot.tenant(), lot));
        int steady = (int)
                byName.keySet().stream().filter(tenant -> steady(tenant, first)).count();
        if (drawn.isEmpty()) {
            return silent(proven, "none of those that were drawn by lot is there any more");
        }
        if (2 * steady < all) {
            return silent(
                    proven,
                    "only " + steady + " of " + all + " tenants were there at the first draw, at " + first
                            + ": the fleet has changed too much");
        }
        int bad = (int) drawn.values().stream().filter(lot -> !lot.passed()).count();
        int most = Bound.mostBad(steady, drawn.size(), bad, confidence);
        int repaired = (int) drawn.values().stream()
                .filter(lot -> !lot.passed() && state(lot) == State.PROVEN)
                .count();
        int broken = (int) drawn.values().stream()
                .filter(lot -> lot.passed() && state(lot) != State.PROVEN)
                .count();
        int newcomers = (int) present.stream()
                .filter(one ->
                        one.state() == State.PROVEN && !steady(one.member().tenant(), first))
                .count();
        int bounded = Math.max(0, steady - most + repaired - broken) + newcomers;
        int restorable = Math.max(proven, Math.min(bounded, all - count(State.NOT_PROVEN)));
        Statement claimed = new Statement(
                all,
                proven,
                drawn.size(),
                bad,
                confidence,
                Optional.of(restorable),
                "",
                FORMULA + "; S = " + steady + ", n = " + drawn.size() + ", f = " + bad + ", B = " + most
                        + ", repaired = " + repaired + ", broken = " + broken + ", newcomers = " + newcomers
                        + ", proven = " + proven + ", found bad = " + count(State.NOT_PROVEN));
        return new Statement(
                all,
                proven,
                drawn.size(),
                bad,
                confidence,
                Optional.of(restorable),
                String.format(
                        Locale.ROOT,
                        "With %d %% confidence at least %.1f %% of the %d tenants are restorable: %d.",
                        confidence,
                        claimed.percent().orElseThrow(),
                        all,
                        restorable),
                claimed.formula());
    }

    private Statement silent(int proven, String why) {
        return new Statement(
                present.size(),
                proven,
                0,
                0,
                confidence,
                Optional.empty(),
                "Nothing is claimed of all tenants: " + why + ".",
                FORMULA);
    }

    /** The draws of a slot count when all their drills have come to something, or another slot has followed. */
    private static List<Lot> withoutUnderWay(List<Lot> lots) {
        Optional<Instant> newest = lots.stream().map(Lot::slot).max(Instant::compareTo);
        boolean open =
                lots.stream().anyMatch(lot -> lot.underWay() && lot.slot().equals(newest.orElseThrow()));
        return lots.stream()
                .filter(lot -> !open || !lot.slot().equals(newest.orElseThrow()))
                .toList();
    }

    private boolean steady(String tenant, Instant first) {
        return Optional.ofNullable(byName.get(tenant))
                .filter(one -> !one.member().since().isAfter(first))
                .isPresent();
    }

    private Optional<State> stateOf(String tenant) {
        return Optional.ofNullable(byName.get(tenant)).map(TenantStanding::state);
    }

    private State state(Lot lot) {
        return stateOf(lot.tenant()).orElse(State.VANISHED);
    }

    private int count(State state) {
        return (int) present.stream().filter(one -> one.state() == state).count();
    }
}
