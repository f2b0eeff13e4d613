package dev.muster.schedule.fleet;

import dev.muster.catalog.fleet.Choice;
import dev.muster.drill.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Chooses the tenants of a slot: first by lot, among all that were not drawn within the time that each has, whatever
 * else is known of them; then those that have to pass soon; then by risk. The order matters: a lot that left out those
 * that are due would not be as likely to find one kind of tenant as another.
 */
final class Sampling {
    /** One that did not pass is not due again before this part of the time is over, but may be chosen by risk. */
    private static final double PAUSE = 1.0 / 12;

    private static final int NEVER_TRIED = 10;
    private static final int FAILED = 10;
    private static final int COULD_NOT_RUN = 6;
    private static final int OLD = 5;

    private final Basis basis;
    private final Draw draw;
    private final Pace pace;
    private final Set<String> chosen = new HashSet<>();
    private final List<Pick> picks = new ArrayList<>();

    Sampling(Basis basis, String seed) {
        this.basis = basis;
        this.draw = new Draw(seed);
        this.pace = new Pace(basis);
    }

    List<Pick> picks() {
        if (picks.isEmpty()) {
            byLot();
            due();
            byRisk();
        }
        return List.copyOf(picks);
    }

    private void byLot() {
        least(
                        basis.candidates().stream()
                                .filter(one -> one.drawn()
                                        .filter(at -> at.plus(pace.each()).isAfter(basis.slot()))
                                        .isEmpty()),
                        one -> draw.of("lot", one.tenant()))
                .limit(basis.byLot())
                .forEach(one -> pick(one, Choice.Kind.LOT, 1));
    }

    private void due() {
        Instant paused = basis.slot().minus(pace.part(PAUSE));
        List<Candidate> urgentFirst = least(
                        free().filter(one -> !one.failed()
                                || one.tried().filter(at -> at.isAfter(paused)).isEmpty()),
                        one -> draw.of("due", one.tenant()))
                .sorted(Comparator.comparing(pace::latest))
                .toList();
        double steady = pace.steady();
        int steadily = (int) steady + (draw.of("steady", "") < steady - (int) steady ? 1 : 0);
        urgentFirst.stream()
                .limit(Math.max(steadily, pace.pressing(urgentFirst)))
                .forEach(one -> pick(one, Choice.Kind.DUE, 1));
    }

    private void byRisk() {
        least(free(), one -> draw.weighted("risk", one.tenant(), weight(one)))
                .limit(basis.byRisk())
                .forEach(one -> pick(one, Choice.Kind.RISK, weight(one)));
    }

    private Stream<Candidate> free() {
        return basis.candidates().stream().filter(one -> !one.underWay() && !chosen.contains(one.tenant()));
    }

    /** By what was drawn for each, which is worked out once. */
    private static Stream<Candidate> least(Stream<Candidate> candidates, ToDoubleFunction<Candidate> drawn) {
        record Ranked(Candidate candidate, double rank) {}
        return candidates
                .map(one -> new Ranked(one, drawn.applyAsDouble(one)))
                .sorted(Comparator.comparingDouble(Ranked::rank))
                .map(Ranked::candidate);
    }

    private int weight(Candidate candidate) {
        if (candidate.tried().isEmpty()) {
            return NEVER_TRIED;
        }
        if (candidate.failed()) {
            return candidate.verdict().orElseThrow() == Verdict.FAILED ? FAILED : COULD_NOT_RUN;
        }
        Duration age = Duration.between(candidate.begin(), basis.slot());
        return 1
                + (int) Math.min(
                        OLD,
                        OLD
                                * Math.max(0, age.toMillis())
                                / Math.max(1, pace.each().toMillis()));
    }

    private void pick(Candidate candidate, Choice.Kind kind, int weight) {
        chosen.add(candidate.tenant());
        picks.add(new Pick(candidate.tenant(), kind, weight));
    }
}
