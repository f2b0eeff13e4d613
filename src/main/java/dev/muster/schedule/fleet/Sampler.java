package dev.muster.schedule.fleet;

import dev.muster.catalog.fleet.Choice;
import dev.muster.catalog.fleet.Fleets;
import dev.muster.catalog.fleet.Member;
import dev.muster.catalog.fleet.Sample;
import dev.muster.drill.Fleet;
import dev.muster.drill.PlannedSlot;
import dev.muster.drill.Problem;
import dev.muster.drill.Roll;
import dev.muster.drill.Runbook;
import dev.muster.orchestrator.DrillNames;
import dev.muster.schedule.Timetable;
import dev.muster.schedule.calendar.Calendars;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Plans the slots of fleets: who is to be drilled, and from what that follows. */
public final class Sampler {
    private final Fleets fleets;
    private final Clock clock;

    public Sampler(Fleets fleets, Clock clock) {
        this.fleets = fleets;
        this.clock = clock;
    }

    /**
     * A sample that nobody has kept yet.
     *
     * @param come the tenants that were not there before
     */
    public record Plan(Sample sample, List<String> come) {
        public Plan {
            come = List.copyOf(come);
        }
    }

    /** What a slot of a fleet drills. */
    public Plan plan(Runbook template, Instant slot, Roll roll, Calendars calendars) {
        Fleet fleet = template.fleet().orElseThrow();
        Map<String, Member> known = fleets.members(template.name(), tenant -> system(template, tenant));
        List<String> come = roll.tenants().stream()
                .filter(tenant -> Optional.ofNullable(known.get(tenant))
                        .filter(member -> member.gone().isEmpty())
                        .isEmpty())
                .toList();
        Set<String> there = new HashSet<>(roll.tenants());
        List<String> vanished = known.values().stream()
                .filter(member -> member.gone().isEmpty())
                .map(Member::tenant)
                .filter(tenant -> !there.contains(tenant))
                .toList();
        Basis basis = new Basis(
                template.name(),
                slot,
                fleet.each().toString(),
                fleet.byRisk(),
                fleet.byLot(),
                coming(template, fleet, slot, calendars),
                candidates(template, slot, roll, known, new HashSet<>(come)));
        Set<String> names = new HashSet<>();
        List<Choice> choices = new Sampling(basis, basis.seed())
                .picks().stream()
                        .map(pick -> new Choice(
                                pick.tenant(),
                                system(template, pick.tenant()),
                                pick.kind(),
                                pick.weight(),
                                name(template.name(), names)))
                        .toList();
        String json = basis.json();
        return new Plan(
                new Sample(
                        DrillNames.next(template.name(), clock),
                        template.name(),
                        slot,
                        clock.instant().truncatedTo(ChronoUnit.MILLIS),
                        basis.seed(),
                        Basis.sha256(json),
                        json,
                        roll.refused(),
                        roll.duplicates(),
                        vanished,
                        choices,
                        Optional.empty()),
                come);
    }

    /** A slot for which nobody can be chosen. */
    public Plan unable(Runbook template, Instant slot, Problem problem) {
        return new Plan(
                new Sample(
                        DrillNames.next(template.name(), clock),
                        template.name(),
                        slot,
                        clock.instant().truncatedTo(ChronoUnit.MILLIS),
                        "",
                        "",
                        "",
                        List.of(),
                        0,
                        List.of(),
                        List.of(),
                        Optional.of(problem)),
                List.of());
    }

    /** How a tenant of a fleet is called as a system. */
    public static String system(Runbook template, String tenant) {
        return template.system().replace(Fleet.PLACEHOLDER, tenant);
    }

    /** Whether what was chosen follows from what was recorded; if not, what differs. */
    public static Optional<String> differs(Sample sample) {
        Basis basis = Basis.of(sample.basis());
        if (!Basis.sha256(sample.basis()).equals(sample.digest())) {
            return Optional.of("the candidates are not those of the digest");
        }
        if (!basis.seed().equals(sample.seed())) {
            return Optional.of("the seed does not follow from the fleet and the slot");
        }
        Set<Pick> again = Set.copyOf(new Sampling(basis, sample.seed()).picks());
        Set<Pick> then = new HashSet<>();
        sample.choices().forEach(choice -> then.add(new Pick(choice.tenant(), choice.kind(), choice.weight())));
        return again.equals(then)
                ? Optional.empty()
                : Optional.of("the seed chooses " + again.size() + " tenants, and not the " + then.size()
                        + " that were chosen");
    }

    private List<Candidate> candidates(
            Runbook template, Instant slot, Roll roll, Map<String, Member> known, Set<String> come) {
        Set<String> underWay = fleets.underWay(template.name());
        Map<String, Instant> drawn = new HashMap<>();
        Instant from = slot.atZone(ZoneOffset.UTC)
                .minus(template.fleet().orElseThrow().each())
                .minusDays(1)
                .toInstant();
        fleets.lots(template.name(), from)
                .forEach(
                        lot -> drawn.merge(lot.tenant(), lot.slot(), (one, other) -> one.isAfter(other) ? one : other));
        return roll.tenants().stream()
                .map(tenant -> come.contains(tenant)
                        ? Member.fresh(tenant, slot)
                        : known.getOrDefault(tenant, Member.fresh(tenant, slot)))
                .map(member -> new Candidate(
                        member.tenant(),
                        member.since(),
                        member.passed(),
                        member.tried(),
                        member.verdict(),
                        Optional.ofNullable(drawn.get(member.tenant())).filter(at -> !at.isBefore(member.since())),
                        underWay.contains(system(template, member.tenant()))))
                .toList();
    }

    private static List<Instant> coming(Runbook template, Fleet fleet, Instant slot, Calendars calendars) {
        Instant end = slot.atZone(ZoneOffset.UTC).plus(fleet.each()).toInstant();
        return new Timetable(List.of(template), calendars)
                .after(template, slot)
                .takeWhile(next -> next.due().isBefore(end))
                .filter(next -> next.forbidden().isEmpty())
                .map(PlannedSlot::due)
                .toList();
    }

    /** Thousands may get their names within one second. */
    private String name(String fleet, Set<String> taken) {
        return Stream.generate(() -> DrillNames.next(fleet, clock))
                .filter(taken::add)
                .findFirst()
                .orElseThrow();
    }
}
