package dev.muster.outlook.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.catalog.fleet.Lot;
import dev.muster.catalog.fleet.Member;
import dev.muster.drill.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What may be claimed of all tenants, and what may not. */
class ClaimTest {
    private static final Instant BEGIN = Instant.parse("2026-06-01T03:00:00Z");
    private static final Instant FROM = BEGIN.minus(Duration.ofDays(1));

    @Test
    void without_a_draw_nothing_is_claimed() {
        Statement statement = claim(members(100, Map.of()), List.of());
        assertThat(statement.restorable()).isEmpty();
        assertThat(statement.percent()).isEmpty();
        assertThat(statement.words()).startsWith("Nothing is claimed of all tenants: no tenant has been drawn");
    }

    @Test
    void a_clean_draw_bounds_all() {
        List<Lot> lots = lots(59, Verdict.PASSED);
        Statement statement = claim(members(300, passed(59)), lots);
        assertThat(statement.restorable()).contains(300 - Bound.mostBad(300, 59, 0, 95));
        assertThat(statement.percent().orElseThrow()).isBetween(95.0, 96.0);
        assertThat(statement.words()).startsWith("With 95 % confidence at least 95.");
        assertThat(statement.formula()).contains("S = 300, n = 59, f = 0");
    }

    @Test
    void a_drill_that_could_not_run_counts_as_not_proven() {
        List<Lot> lots = new ArrayList<>(lots(58, Verdict.PASSED));
        lots.add(new Lot("t58", BEGIN.plusSeconds(58), false, Optional.of(Verdict.COULD_NOT_RUN)));
        lots.add(new Lot("t59", BEGIN.plusSeconds(59), false, Optional.empty()));
        assertThat(claim(members(300, passed(58)), lots).bad()).isEqualTo(2);
    }

    @Test
    void a_slot_that_is_under_way_is_left_out_whole() {
        List<Lot> lots = new ArrayList<>(lots(10, Verdict.PASSED));
        Instant newest = BEGIN.plusSeconds(1000);
        lots.add(new Lot("t20", newest, false, Optional.of(Verdict.PASSED)));
        lots.add(new Lot("t21", newest, true, Optional.empty()));
        assertThat(claim(members(100, passed(10)), lots).drawn()).isEqualTo(10);
    }

    @Test
    void those_who_came_after_the_first_draw_are_covered_by_no_draw() {
        Map<String, Member> members = members(100, passed(50));
        IntStream.range(0, 40).forEach(number -> {
            String name = "new" + number;
            members.put(name, Member.fresh(name, BEGIN.plusSeconds(60)));
        });
        Statement statement = claim(members, lots(50, Verdict.PASSED));
        assertThat(statement.tenants()).isEqualTo(140);
        assertThat(statement.restorable()).contains(100 - Bound.mostBad(100, 50, 0, 95));

        IntStream.range(40, 120).forEach(number -> {
            String name = "new" + number;
            members.put(name, Member.fresh(name, BEGIN.plusSeconds(60)));
        });
        Statement changed = claim(members, lots(50, Verdict.PASSED));
        assertThat(changed.restorable()).isEmpty();
        assertThat(changed.words()).contains("only 100 of 220 tenants were there", "changed too much");
    }

    @Test
    void one_that_was_repaired_counts_again_and_one_that_broke_since_does_not() {
        List<Lot> lots = new ArrayList<>(lots(50, Verdict.PASSED));
        lots.set(0, new Lot("t0", BEGIN, false, Optional.of(Verdict.FAILED)));
        Map<String, Member> members = members(100, passed(50));
        int most = Bound.mostBad(100, 50, 1, 95);
        assertThat(claim(members, lots).restorable()).contains(100 - most + 1);

        members.put("t1", tried("t1", Verdict.FAILED));
        assertThat(claim(members, lots).restorable()).contains(100 - most + 1 - 1);
    }

    @Test
    void who_vanished_is_counted_in_nothing() {
        Map<String, Member> members = members(100, passed(50));
        for (int number = 0; number < 50; number++) {
            String name = "t" + number;
            Member known = Objects.requireNonNull(members.get(name));
            members.put(
                    name,
                    new Member(
                            name,
                            BEGIN,
                            Optional.of(BEGIN.plusSeconds(500)),
                            known.passed(),
                            known.tried(),
                            known.verdict()));
        }
        Statement statement = claim(members, lots(50, Verdict.PASSED));
        assertThat(statement.tenants()).isEqualTo(50);
        assertThat(statement.proven()).isZero();
        assertThat(statement.restorable()).isEmpty();
    }

    @Test
    void a_proof_older_than_each_is_promised_is_none() {
        Member stale = new Member(
                "a",
                FROM.minusSeconds(9),
                Optional.empty(),
                Optional.of(FROM.minusSeconds(1)),
                Optional.of(FROM.minusSeconds(2)),
                Optional.of(Verdict.PASSED));
        assertThat(FleetStandings.state(stale, FROM)).isEqualTo(TenantStanding.State.OVERDUE);
    }

    /** With what follows from outcomes mixed in: failed ones are tried again, and half of them are repaired by then. */
    @Test
    void the_claim_is_wrong_no_more_often_than_its_confidence_allows() {
        Random random = new Random(20261121);
        int runs = 4000;
        int wrong = 0;
        int claimed = 0;
        for (int run = 0; run < runs; run++) {
            int all = 40 + random.nextInt(160);
            double share = random.nextDouble() * 0.3;
            boolean[] broken = new boolean[all];
            IntStream.range(0, all).forEach(number -> broken[number] = random.nextDouble() < share);
            List<Integer> order =
                    new ArrayList<>(IntStream.range(0, all).boxed().toList());
            Collections.shuffle(order, random);
            List<Lot> lots = new ArrayList<>();
            Map<String, Member> members = members(all, Map.of());
            for (int number : order.subList(0, 5 + random.nextInt(35))) {
                String name = "t" + number;
                Verdict verdict = broken[number] ? Verdict.FAILED : Verdict.PASSED;
                lots.add(new Lot(name, BEGIN.plusSeconds(lots.size()), false, Optional.of(verdict)));
                if (broken[number] && random.nextBoolean()) {
                    broken[number] = false;
                    members.put(name, tried(name, Verdict.PASSED));
                } else {
                    members.put(name, tried(name, verdict));
                }
            }
            for (int number = 0; number < all; number++) {
                String name = "t" + number;
                if (random.nextInt(10) == 0
                        && Objects.requireNonNull(members.get(name)).tried().isEmpty()) {
                    members.put(name, tried(name, broken[number] ? Verdict.FAILED : Verdict.PASSED));
                }
            }
            int restorable = (int)
                    IntStream.range(0, all).filter(number -> !broken[number]).count();
            Optional<Integer> least = claim(members, lots).restorable();
            claimed += least.isPresent() ? 1 : 0;
            wrong += least.filter(some -> some > restorable).isPresent() ? 1 : 0;
        }
        double noise = 3 * Math.sqrt(0.05 * 0.95 / runs);
        assertThat(claimed).isEqualTo(runs);
        assertThat((double) wrong / runs).isBetween(0.005, 0.05 + noise);
    }

    private static Statement claim(Map<String, Member> members, List<Lot> lots) {
        return new Claim(
                        members.values().stream()
                                .map(member -> new TenantStanding(
                                        member, "tenant-" + member.tenant(), FleetStandings.state(member, FROM)))
                                .toList(),
                        95)
                .statement(lots);
    }

    private static Map<String, Member> members(int count, Map<String, Member> known) {
        Map<String, Member> members = new HashMap<>();
        IntStream.range(0, count).mapToObj(number -> "t" + number).forEach(name -> {
            Member member = known.get(name);
            members.put(name, member == null ? Member.fresh(name, BEGIN) : member);
        });
        return members;
    }

    private static Map<String, Member> passed(int count) {
        Map<String, Member> passed = new HashMap<>();
        IntStream.range(0, count)
                .mapToObj(number -> "t" + number)
                .forEach(name -> passed.put(name, tried(name, Verdict.PASSED)));
        return passed;
    }

    private static Member tried(String name, Verdict verdict) {
        Optional<Instant> at = Optional.of(BEGIN.plusSeconds(100));
        return new Member(
                name,
                BEGIN,
                Optional.empty(),
                verdict == Verdict.PASSED ? at : Optional.empty(),
                at,
                Optional.of(verdict));
    }

    private static List<Lot> lots(int count, Verdict verdict) {
        return new ArrayList<>(IntStream.range(0, count)
                .mapToObj(number -> new Lot("t" + number, BEGIN.plusSeconds(number), false, Optional.of(verdict)))
                .toList());
    }
}
